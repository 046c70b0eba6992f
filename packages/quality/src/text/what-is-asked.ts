import { clip } from './limits.ts';
import { rememberLast } from './remember-last.ts';
import type { RequestView } from './request-view.ts';

/** Characters at either end of a long request in which it says what it wants. */
export const askingPart = 600;

/** The beginning and the end of a request; all of most. */
export const whatIsAsked = rememberLast(({ text }: RequestView): string => clip(text, askingPart, askingPart));

const mending = /^correct\b|proofread|past tense|convert (?:this|the) sentence|re(?:write|phrase|word)|friendlier|politer|more polite|(?:fix|correct|check) (?:the |this |my )?(?:gram|spell|sentence|mistake|typo)|korrigier|verbesser|corrig|correggi|popraw|исправь|oprav/iu;

/** True where a text is to be corrected or put in other words: it speaks for whoever wrote it, in the words that it had. */
export const mends = rememberLast((request: RequestView): boolean => mending.test(whatIsAsked(request)));
