import type { SignalReading, Verdict } from '@cascadeflow/contract';

/** What a signal means to a person, said of a draft that it speaks for or against. */
const phrases: { readonly [signal: string]: readonly [against: string, inFavour: string] } = {
  agreement: ['another model answered differently', 'another model gave the same answer'],
  'model-judge': ['a model judge thinks it is wrong', 'a model judge thinks it is right'],
  alignment: ['it is off the topic', 'it is on the topic'],
  'arithmetic-errors': ['its arithmetic is wrong', 'its arithmetic holds'],
  'answer-follows': ['its final answer is not what it computed', 'its final answer follows from what it computed'],
  'choice-gap': ['its choice is not what it computed', 'its choice is what it computed'],
  'last-gap': ['its choice is not what it computed last', 'its choice is what it computed last'],
  'answer-first': ['its answer comes from nowhere', 'its answer comes at the end of a derivation'],
  'unused-numbers': ['it leaves numbers of the question unused', 'it uses the numbers of the question'],
  'stated-confidence': ['it says itself that it is not sure', 'it says itself that it is sure'],
  'stated-doubt': ['it takes itself back', 'it never takes itself back'],
  hedging: ['it hedges', 'it does not hedge'],
  refusal: ['it refuses or does not answer', 'it answers'],
  'wrong-language': ['it is in another language than the request', 'it is in the language of the request'],
  garbled: ['it is garbled', 'it is readable'],
  vacuous: ['it says nothing concrete', 'it is concrete'],
  repetition: ['it repeats itself', 'it does not repeat itself'],
  'cut-off': ['it looks cut off', 'it looks whole'],
  placeholder: ['it is a placeholder or an error message', 'it is an answer'],
  'cannot-answer': ['it says that it cannot answer', 'it answers'],
  stutter: ['it repeats words', 'it does not repeat words'],
  'cut-word': ['its last word leads on to another', 'it ends with a whole sentence'],
  'off-label': ['it is none of the answers that were allowed', 'it is one of the answers that were allowed'],
  'few-items': ['it has fewer items than were asked for', 'it has the items that were asked for'],
  'json-miss': ['it has not the JSON that was asked for', 'it has the JSON that was asked for'],
  'code-miss': ['it is not the program that was asked for', 'it has the program that was asked for'],
  'kind-miss': ['it has no such thing as was asked for', 'it has what was asked for'],
  echo: ['it gives back what it was given', 'it says something new'],
  strays: ['it has no word in common with the question', 'it has words in common with the question'],
  'off-subject': ['it is a sentence about something else', 'it is about what was asked'],
  'no-name': ['a name was asked for and there is none', 'it has the name that was asked for'],
  'leaves-text': ['it has hardly a word of the text that it should work on', 'it works on the text'],
  'word-salad': ['its words are out of order', 'its words are in order'],
  'empty-talk': ['it says nothing of the subject', 'it says something of the subject'],
  'non-answer': ['it sounds like a refusal or like talk without an answer', 'it sounds like an answer'],
  'sum-miss': ['its arithmetic does not come to what was to be computed', 'its arithmetic comes to what was to be computed'],
  'off-topic': ['it is about something else', 'it is about what was asked'],
  'too-short': ['it is much shorter than was asked for', 'it is as long as was asked for'],
  'draft-length': ['drafts of its length are often wrong', 'drafts of its length are mostly right'],
  'length-ratio': ['its length does not fit the question', 'its length fits the question'],
  'length-miss': ['it misses the length that was asked for', 'it has the length that was asked for'],
  'item-miss': ['it has another number of items than was asked for', 'it has the number of items that was asked for'],
  'answer-found': ['no final answer could be found', 'its final answer is clear'],
  'among-options': ['its answer is none of the options', 'its answer is one of the options'],
  'answer-probability': ['the model was unsure of the answer itself', 'the model was sure of the answer itself'],
  'model-class': ['the model is a small one', 'the model is a strong one'],
  'model-price': ['the model is a cheap one', 'the model is a dear one'],
};
const aboutRequest = new Set(['question-length', 'stem-length', 'question-sentences', 'question-numbers', 'options', 'formula-density', 'constraints', 'relations', 'asks-code', 'complexity', 'subject']);

/**
 * One sentence that says what was decided and what weighed most. `further` is what the verifier is expected to reach, given where a draft is accepted
 * only because that is hardly more.
 */
export function explain(verdict: Pick<Verdict, 'accept' | 'probability' | 'threshold' | 'signals' | 'veto'>, further?: number): string {
  if (verdict.veto !== undefined) return verdict.veto;
  const verb = verdict.accept ? 'Accepted' : 'Not accepted';
  const relation = verdict.probability >= verdict.threshold ? 'reaches' : 'is below';
  const most = strongest(verdict.signals, verdict.accept);
  const because = most === undefined ? '' : `; what weighed most: ${most}`;
  const no = further === undefined ? '' : `; asking further is not expected to help, because the next answer would be good with probability ${further.toFixed(2)}`;
  return `${verb}: the draft is good with probability ${verdict.probability.toFixed(2)}, which ${relation} the bar of ${verdict.threshold.toFixed(2)}${no}${because}.`;
}

function strongest(signals: readonly SignalReading[], accept: boolean): string | undefined {
  let best: SignalReading | undefined;
  for (const signal of signals) {
    if (accept ? signal.weight <= 0 : signal.weight >= 0) continue;
    if (!best || Math.abs(signal.weight) > Math.abs(best.weight)) best = signal;
  }
  if (!best) return undefined;
  if (aboutRequest.has(best.name) || best.name.startsWith('topic-')) return accept ? 'questions like this are mostly answered well' : 'questions like this are often answered badly';
  return phrases[best.name]?.[accept ? 1 : 0] ?? `the signal "${best.name}" at ${Number(best.value.toPrecision(3))}`;
}
