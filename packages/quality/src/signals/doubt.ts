import { countMatches, gated } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

const hedge = gated(/\b(?:maybe|perhaps|possibly|probably|likely|might|could be|may be|i think|i believe|i guess|it seems|seems to|appears? to|not sure|unclear|approximately|roughly|around|about|assum(?:e|ing|ption)s?|typically|generally|usually|often|vielleicht|wahrscheinlich|vermutlich|peut-être|probablement|quizás?|probablemente|tal vez|forse|возможно|вероятно|наверное)\b|可能|也许|大概|たぶん|おそらく/giu, 'maybe perhaps possibly probably likely might could may i it seems appear not unclear approximately roughly around about assum typically generally usually often vielleicht wahrscheinlich vermutlich peut probablement quiz probablemente tal forse');
const doubt = gated(/\b(?:wait|hold on|that(?:['’]s| is) (?:not right|wrong|incorrect)|let me (?:re-?check|re-?consider|try again|correct)|i made (?:a|an) (?:mistake|error)|(?:there (?:seems|appears|might|may|must) (?:to )?be|there is) (?:an? )?(?:error|mistake|issue|discrepancy|typo)|re-?evaluat\w+|mistake in|does(?: not|n['’]t) (?:match|make sense|appear|seem)|contradict\w*|none of the (?:above|given|provided|options|answer|choices)|not (?:listed|among|one of|in) the (?:options|given|choices|answer)|closest (?:option|answer|choice|match|to)|however, (?:this|since|we|the (?:question|problem))|best (?:guess|choice|option|answer)|without (?:more|further|additional)|not (?:explicitly|enough)|insufficient|incorrect\w*)\b/gi, 'wait hold that let i error mistake issue discrepancy typo re reevaluat mistake does contradict none not closest however best without insufficient incorrect');
const contrast = gated(/\b(?:however|although|but|on the other hand|nevertheless|despite|aber|jedoch|cependant|mais|pero|sin embargo|однако|но)\b/gi, 'however although but other nevertheless despite aber jedoch cependant mais pero sin');

/** Hedging words per hundred words. */
export const hedging = viewSignal('hedging', ({ prose, scan, wordCount }) => (100 * countMatches(hedge, scan, prose)) / Math.max(20, wordCount));

/** How often the text takes itself back or says that something does not fit, at most 6. */
export const statedDoubt = viewSignal('stated-doubt', ({ prose, scan }) => Math.min(6, countMatches(doubt, scan, prose)));

/** Words of contrast per hundred words. */
export const contrasts = viewSignal('contrasts', ({ prose, scan, wordCount }) => (100 * countMatches(contrast, scan, prose)) / Math.max(20, wordCount));
