import { InvalidOptionsError, type Model, type ModelEvent } from '@cascadeflow/contract';
import { findPrivate, type PrivateKind, privateKinds, redactPrivate } from './detect-private.ts';
import { redactMessages } from './private-in.ts';

/** What is done about private things on the way to a model and back. */
export interface GuardModelOptions {
  /** `redact` replaces them in what is sent. Default `redact`. */
  readonly prompts?: 'redact' | 'allow';
  /**
   * `redact` replaces them in the answer, which is then held until it is whole; tool calls keep their arguments, which the tool needs. `block` shows
   * nothing of an answer that holds any, in text or arguments: it ends as `content-filter`, so that no draft of the kind is accepted. Default `allow`.
   */
  readonly answers?: 'redact' | 'block' | 'allow';
  /** Default: all. */
  readonly kinds?: readonly PrivateKind[];
}

/**
 * A model that is not shown private things, or does not show them: wrap the models that leave the house and leave local ones as they are.
 * @throws InvalidOptionsError for a choice that does not exist.
 */
export function guardModel(model: Model, { prompts = 'redact', answers = 'allow', kinds = privateKinds }: GuardModelOptions = {}): Model {
  if (prompts !== 'redact' && prompts !== 'allow') throw new InvalidOptionsError('prompts', 'must be redact or allow');
  if (answers !== 'redact' && answers !== 'block' && answers !== 'allow') throw new InvalidOptionsError('answers', 'must be redact, block or allow');
  return {
    contract: 'v1',
    provider: model.provider,
    id: model.id,
    capabilities: model.capabilities,
    stream(request, options) {
      const asked = prompts === 'redact' ? { ...request, messages: redactMessages(request.messages, kinds) } : request;
      const events = model.stream(asked, options);
      return answers === 'allow' ? events : holdAnswer(events, kinds, answers);
    },
  };
}

/** A private thing may begin in one delta and end in the next, so the text is held to its end. Logprobs and thoughts would tell it: they are dropped where it is not clean. */
async function* holdAnswer(events: AsyncIterable<ModelEvent>, kinds: readonly PrivateKind[], then: 'redact' | 'block'): AsyncGenerator<ModelEvent> {
  const held: ModelEvent[] = [];
  let text = '';
  let thought = '';
  let calls = '';
  for await (const event of events) {
    if (event.type === 'text-delta') text += event.text;
    else if (event.type === 'reasoning-delta') thought += event.text;
    else if (event.type === 'tool-call') calls += `${event.call.arguments}\n`;
    if (event.type !== 'end') {
      held.push(event);
      continue;
    }
    if (then === 'block' && [text, thought, calls].some((one) => findPrivate(one, kinds).length > 0)) {
      yield { ...event, finishReason: { unified: 'content-filter', raw: 'private data' } };
      return;
    }
    if (findPrivate(text, kinds).length === 0 && findPrivate(thought, kinds).length === 0) yield* held;
    else {
      if (text !== '') yield { type: 'text-delta', text: redactPrivate(text, kinds) };
      yield* held.filter((one) => one.type === 'tool-call-start' || one.type === 'tool-call');
    }
    yield event;
  }
}
