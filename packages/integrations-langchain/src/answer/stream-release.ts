import type { CascadeEvent, CascadeResult } from '@cascadeflow/contract';
import { AIMessageChunk } from '@langchain/core/messages';
import type { ChildCall, RunContext } from '../child/run-context.ts';
import { toUsageMetadata } from '../translate/usage.ts';
import { toDecision } from './decision.ts';
import { isVendorId } from './to-message.ts';

interface Reading {
  readonly model: string;
  /** Which of the model's calls it is. */
  readonly place: number;
  text: number;
  reasoning: number;
}

/**
 * Lets the pieces of a child's stream through as the engine releases its text. The pieces are the child's own, so nothing a vendor says is
 * lost; token counts come once, in the last piece, for all calls together.
 */
export class StreamRelease {
  readonly #context: RunContext | undefined;
  readonly #readings = new Map<number, Reading>();
  readonly #callCounts = new Map<string, number>();
  #hasBlocks = false;
  #hasModelName = false;

  constructor(context: RunContext | undefined) {
    this.#context = context;
  }

  /** The pieces that an event sets free. */
  *take(event: CascadeEvent): Generator<AIMessageChunk, void, undefined> {
    if (event.type === 'draft-start') {
      // A model that only judges is asked outside the caller's context; its calls are not counted there.
      if (event.role === 'judge') return;
      const place = this.#callCounts.get(event.model) ?? 0;
      this.#callCounts.set(event.model, place + 1);
      this.#readings.set(event.attempt, { model: event.model, place, text: 0, reasoning: 0 });
    } else if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
      const reading = this.#readings.get(event.attempt);
      const kind = event.type === 'text-delta' ? 'text' : 'reasoning';
      if (reading) reading[kind] += event.text.length;
      const call = reading && this.#callOf(reading);
      if (call) yield* this.#release(call, (piece) => (kind === 'text' ? piece.textEnd : piece.reasoningEnd) >= reading[kind]);
      else if (kind === 'text') yield new AIMessageChunk({ content: event.text });
    } else if (event.type === 'cascade-end') {
      yield* this.#close(event.result);
    }
  }

  #callOf({ model, place }: Reading): ChildCall | undefined {
    return this.#context?.calls.get(model)?.[place];
  }

  /** Releases the pieces up to and including the first that is `last`. */
  *#release(call: ChildCall, last: (piece: ChildCall['pieces'][number]) => boolean): Generator<AIMessageChunk, void, undefined> {
    while (call.released < call.pieces.length) {
      const before = call.pieces[call.released - 1];
      if (before && last(before)) return;
      const piece = call.pieces[call.released++] as ChildCall['pieces'][number];
      yield this.#own(piece.chunk);
    }
  }

  /** A child's piece as one of the cascade's: without the child's token counts and run id. */
  #own(chunk: AIMessageChunk): AIMessageChunk {
    const { content, additional_kwargs, response_metadata, tool_call_chunks, id, name } = chunk;
    this.#hasBlocks ||= typeof content !== 'string';
    this.#hasModelName ||= 'model_name' in response_metadata;
    return new AIMessageChunk({
      content,
      additional_kwargs,
      response_metadata: { ...response_metadata },
      ...(tool_call_chunks && { tool_call_chunks }),
      ...(isVendorId(id) && { id }),
      ...(name !== undefined && { name }),
    });
  }

  *#close(result: CascadeResult): Generator<AIMessageChunk, void, undefined> {
    const chosen = result.attempts.findLast((attempt) => attempt.chosen);
    const reading = chosen && this.#readings.get(chosen.attempt);
    const call = reading && this.#callOf(reading);
    if (call) yield* this.#release(call, () => false);
    const last = new AIMessageChunk({
      content: this.#hasBlocks ? [] : '',
      response_metadata: { ...(!this.#hasModelName && { model_name: result.modelUsed }), cascade: toDecision(result) },
      ...(!call && {
        tool_call_chunks: result.toolCalls.map(({ id, name, arguments: args }, index) => ({ type: 'tool_call_chunk' as const, index, id, name, args })),
      }),
    });
    yield Object.assign(last, { usage_metadata: toUsageMetadata(result.usage) });
  }
}
