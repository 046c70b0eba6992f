import { InvalidOptionsError, type Model, type ModelEvent } from '@cascadeflow/contract';
import { findPrivate, type PrivateKind, privateKinds, redactPrivate } from './detect-private.ts';
import { redactMessages } from './private-in.ts';

/** What is done about private things on the way to a model and back. */
export interface GuardModelOptions {
  /** `redact` replaces them in what is sent. Default `redact`. */
  readonly prompts?: 'redact' | 'allow';
  /** `redact` replaces them in the answer, which is then held until it is whole; tool calls keep their arguments. Default `allow`. */
  readonly answers?: 'redact' | 'allow';
  /** Default: all. */
  readonly kinds?: readonly PrivateKind[];
}

/**
 * A model that is not shown private things, or does not show them: wrap the models that leave the house and leave local ones as they are.
 * @throws InvalidOptionsError for a choice that does not exist.
 */
export function guardModel(model: Model, { prompts = 'redact', answers = 'allow', kinds = privateKinds }: GuardModelOptions = {}): Model {
  for (const [name, value] of Object.entries({ prompts, answers })) {
    if (value !== 'redact' && value !== 'allow') throw new InvalidOptionsError(name, 'must be redact or allow');
  }
  return {
    contract: 'v1',
    provider: model.provider,
    id: model.id,
    capabilities: model.capabilities,
    stream(request, options) {
      const asked = prompts === 'redact' ? { ...request, messages: redactMessages(request.messages, kinds) } : request;
      const events = model.stream(asked, options);
      return answers === 'redact' ? redactAnswer(events, kinds) : events;
    },
  };
}

/** A private thing may begin in one delta and end in the next, so the text is held to its end. Logprobs and thoughts would tell it: they are dropped where it is not clean. */
async function* redactAnswer(events: AsyncIterable<ModelEvent>, kinds: readonly PrivateKind[]): AsyncGenerator<ModelEvent> {
  const held: ModelEvent[] = [];
  let text = '';
  let thought = '';
  for await (const event of events) {
    if (event.type === 'text-delta') text += event.text;
    else if (event.type === 'reasoning-delta') thought += event.text;
    if (event.type !== 'end') {
      held.push(event);
      continue;
    }
    if (findPrivate(text, kinds).length === 0 && findPrivate(thought, kinds).length === 0) yield* held;
    else {
      if (text !== '') yield { type: 'text-delta', text: redactPrivate(text, kinds) };
      yield* held.filter((one) => one.type === 'tool-call-start' || one.type === 'tool-call');
    }
    yield event;
  }
}
