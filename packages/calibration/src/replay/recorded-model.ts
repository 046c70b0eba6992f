import { type Model, type ModelEvent, type Price, ProviderError, type Trace, type TraceAnswer } from '@cascadeflow/contract';
import { costOf } from './price-of.ts';

/** The trace that is being replayed, and what was asked of it that it does not hold. */
export interface Tape {
  trace: Trace | undefined;
  /** Models that were asked for an answer nobody recorded. */
  readonly unrecorded: Set<string>;
}

/** A model that says what it said when it was recorded: at once, and the same every time. An answer that was not recorded is never invented. */
export function recordedModel(name: string, tape: Tape, price?: Price): Model {
  const events = (): readonly ModelEvent[] => {
    const answer = tape.trace?.answers.find((each) => each.model === name);
    if (answer?.content === undefined && (answer?.toolCalls?.length ?? 0) === 0) {
      tape.unrecorded.add(name);
      throw new ProviderError(`no answer of ${name} was recorded`, { kind: 'not-found', provider: 'recorded', model: name, retryable: false });
    }
    return toEvents(answer as TraceAnswer, price);
  };
  return {
    contract: 'v1',
    provider: 'recorded',
    id: name,
    capabilities: {},
    async *stream() {
      yield* events();
    },
    generate: async () => events(),
  };
}

function toEvents(answer: TraceAnswer, price: Price | undefined): ModelEvent[] {
  const cost = costOf(answer, price);
  const events: ModelEvent[] = [];
  if (answer.content !== undefined && answer.content !== '') events.push({ type: 'text-delta', text: answer.content });
  for (const call of answer.toolCalls ?? []) events.push({ type: 'tool-call', call });
  if (answer.logprobs !== undefined && answer.logprobs.length > 0) events.push({ type: 'logprobs', tokens: answer.logprobs });
  // A stream without an end is a cut one: that is how an incomplete answer is played.
  if (answer.complete === false) return events;
  events.push({
    type: 'end',
    finishReason: answer.finishReason ?? { unified: 'stop' },
    ...(answer.usage !== undefined && { usage: answer.usage }),
    ...(cost !== undefined && { reportedCost: cost }),
  });
  return events;
}
