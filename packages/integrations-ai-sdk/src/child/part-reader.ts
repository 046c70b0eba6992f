import type { EndEvent, ModelEvent } from '@cascadeflow/contract';
import type { AnswerPart, GenerateResult } from '../spec/language-model.ts';
import { fromSpecFinish, fromSpecUsage } from '../spec/usage.ts';
import type { ChildCall } from './run-context.ts';

/** Turns the pieces of one call into the contract's events, and keeps them as they came. */
export class PartReader {
  readonly #call: ChildCall | undefined;
  #textEnd = 0;
  #reasoningEnd = 0;
  #servedModel: string | undefined;
  #responseId: string | undefined;

  constructor(call: ChildCall | undefined) {
    this.#call = call;
  }

  /**
   * The event of one more streamed piece, where it has one.
   * @throws what the stream reports as its error.
   */
  read(part: AnswerPart): ModelEvent | undefined {
    if (part.type === 'error') throw part.error;
    if (part.type === 'finish') {
      if (this.#call && part.providerMetadata) this.#call.finishMetadata = part.providerMetadata;
      const end = this.#end(part.finishReason, part.usage);
      // The providers of the AI SDK close a stream that broke off with a finish that knows neither a reason nor a count: no end at all.
      return end.finishReason.unified === 'other' && end.finishReason.raw === undefined && !end.usage ? undefined : end;
    }
    const event = this.#eventOf(part);
    this.#call?.pieces.push({ part, textEnd: this.#textEnd, reasoningEnd: this.#reasoningEnd });
    return event;
  }

  /** The events of a whole result. */
  *readWhole(result: GenerateResult): Generator<ModelEvent, void, undefined> {
    if (this.#call) this.#call.whole = result;
    for (const part of result.content) {
      if (part.type === 'text') yield { type: 'text-delta', text: part.text };
      else if (part.type === 'reasoning') yield { type: 'reasoning-delta', text: part.text };
      else {
        const event = this.#eventOf(part);
        if (event) yield event;
      }
    }
    this.#servedModel = result.response?.modelId;
    this.#responseId = result.response?.id;
    yield this.#end(result.finishReason, result.usage);
  }

  #eventOf(part: AnswerPart): ModelEvent | undefined {
    switch (part.type) {
      case 'text-delta':
        this.#textEnd += part.delta.length;
        return part.delta === '' ? undefined : { type: 'text-delta', text: part.delta };
      case 'reasoning-delta':
        this.#reasoningEnd += part.delta.length;
        return part.delta === '' ? undefined : { type: 'reasoning-delta', text: part.delta };
      case 'tool-input-start':
        return part.providerExecuted ? undefined : { type: 'tool-call-start', id: part.id, name: part.toolName };
      case 'tool-call':
        // What the vendor runs itself is no call for the caller.
        return part.providerExecuted ? undefined : { type: 'tool-call', call: { id: part.toolCallId, name: part.toolName, arguments: part.input === '' ? '{}' : part.input } };
      case 'response-metadata':
        this.#servedModel = part.modelId;
        this.#responseId = part.id;
        return undefined;
      default:
        return undefined;
    }
  }

  #end(finishReason: unknown, told: unknown): EndEvent {
    const usage = fromSpecUsage(told);
    return {
      type: 'end',
      finishReason: fromSpecFinish(finishReason),
      ...(usage && { usage }),
      ...(this.#servedModel !== undefined && { servedModel: this.#servedModel }),
      ...(this.#responseId !== undefined && { responseId: this.#responseId }),
    };
  }
}
