import { gated, mayMatch } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

/** How refusals begin, in the languages that drafts are most often written in. */
const opening = new RegExp(
  [
    "^(?:(?:i(?:['’]?m| am) )?(?:(?:very|so|really|truly|deeply) )?sorry|(?:my )?apologies|i apologi[sz]e|i regret|unfortunately)[^.\\n]{0,40}\\b(?:can(?:no|['’])t|unable|not able|won['’]?t|don['’]t have)\\b",
    "^(?:i (?:can(?:no|['’])t|can ?not|am unable to|am not able to|won['’]?t|must decline|do not feel comfortable))\\b",
    "^i(?:['’]?m| am) (?:unable|not able|afraid (?:that )?i can(?:no|['’])t|not allowed)\\b",
    "^as an? (?:ai|large)(?: language)? model,? i (?:can(?:no|['’])t|do not|don['’]t|am (?:not|unable))",
    "^(?:lo siento|lamento|no puedo (?:ayudar|proporcionar|responder))",
    "^(?:je suis désolé|désolé|je ne peux pas (?:vous aider|répondre|fournir))",
    "^(?:es tut mir leid|tut mir leid|ich kann (?:ihnen |dir )?(?:dabei|das|hierbei) nicht|leider kann ich)",
    "^(?:mi dispiace|non posso (?:aiutar|fornire|rispondere))",
    "^(?:desculpe|sinto muito|não posso (?:ajudar|fornecer|responder))",
    '^(?:извините|к сожалению, я не|я не могу (?:помочь|ответить|предоставить))',
    '^(?:抱歉|对不起|很抱歉|我无法|我不能|申し訳|すみません|죄송)',
  ].join('|'),
  'iu',
);
const nonAnswer = gated(/\b(?:i (?:do not|don['’]t) (?:know|have (?:enough |any |access to )?(?:information|data|context))|(?:cannot|can['’]t|can not) be (?:determined|answered)|no (?:information|context) (?:is |was )?(?:given|provided)|it is (?:impossible|not possible) to (?:determine|say|answer)|(?:need|provide) more (?:information|context|details)|is there anything else i can help)/i, 'i cannot can no it need provide is');

/** True when a text opens like a refusal. */
export function opensWithRefusal(text: string): boolean {
  return opening.test(text.trimStart().slice(0, 160));
}

/** 1 for a refusal, 0.6 for a text that says it cannot answer, otherwise 0. */
export const refusal = viewSignal('refusal', ({ prose, gates }) => {
  if (opensWithRefusal(prose)) return 1;
  if (!mayMatch(nonAnswer, gates)) return 0;
  return nonAnswer.pattern.test(prose.slice(0, 400)) || nonAnswer.pattern.test(prose.slice(-300)) ? 0.6 : 0;
});
