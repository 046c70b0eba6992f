import { gated, mayMatch } from '../text/gates.ts';
import { viewSignal } from './define-signal.ts';

const field = gated(/"?\b(?:confidence|certainty|probability|likelihood)\b(?: (?:level|score))?"?\s*[:=]\s*"?(\d{1,3}(?:\.\d+)?)\s*(%)?/gi, 'confidence certainty probability likelihood');

/** The probability of being right that the draft itself states, 0 to 1: a confidence field, or the probability it gives to its chosen option. Nothing when it states none. */
export const statedConfidence = viewSignal('stated-confidence', ({ text, textScan, normal }) => {
  let value: number | undefined;
  if (mayMatch(field, textScan)) for (const match of text.matchAll(field.pattern)) value = scale(match[1], match[2] === '%');
  if (value === undefined && normal?.kind === 'letter') {
    const own = new RegExp(`"${normal.key}"\\s*:\\s*"?(\\d*\\.?\\d+)`).exec(text);
    if (own) value = scale(own[1], false);
  }
  return value;
});

function scale(digits: string | undefined, percent: boolean): number | undefined {
  const value = Number(digits);
  if (!Number.isFinite(value) || value < 0 || value > 100) return undefined;
  return percent || value > 1 ? value / 100 : value;
}
