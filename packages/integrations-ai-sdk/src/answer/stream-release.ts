import type { CascadeEvent, CascadeResult } from '@cascadeflow/contract';
import type { ChildCall, ChildPiece, RunContext } from '../child/run-context.ts';
import { raisePart } from '../spec/files.ts';
import type { AnswerPart, SpecVersion } from '../spec/language-model.ts';
import { toSpecFinish, toSpecUsage } from '../spec/usage.ts';
import { toDecision } from './decision.ts';

interface Reading {
  readonly model: string;
  /** Which of the model's calls it is. */
  readonly place: number;
  text: number;
  reasoning: number;
}

/** Id of the text of a model that is not the AI SDK's and so has none. */
const textId = '0';

/**
 * Lets the pieces of a child's stream through as the engine releases its text. The pieces are the child's own, so nothing a vendor says is
 * lost; the end comes once, with the token counts of all calls.
 */
export class StreamRelease {
  readonly #context: RunContext;
  readonly #version: SpecVersion;
  readonly #readings = new Map<number, Reading>();
  readonly #callCounts = new Map<string, number>();
  #isTextOpen = false;

  constructor(context: RunContext, version: SpecVersion) {
    this.#context = context;
    this.#version = version;
  }

  /** The pieces that an event sets free. */
  take(event: CascadeEvent): readonly AnswerPart[] {
    if (event.type === 'draft-start' && event.role !== 'judge') {
      const place = this.#callCounts.get(event.model) ?? 0;
      this.#callCounts.set(event.model, place + 1);
      this.#readings.set(event.attempt, { model: event.model, place, text: 0, reasoning: 0 });
    } else if (event.type === 'text-delta' || event.type === 'reasoning-delta') {
      const reading = this.#readings.get(event.attempt);
      const kind = event.type === 'text-delta' ? 'text' : 'reasoning';
      if (reading) reading[kind] += event.text.length;
      const call = reading && this.#callOf(reading);
      if (call) return this.#release(call, (piece) => (kind === 'text' ? piece.textEnd : piece.reasoningEnd) >= reading[kind]);
      return kind === 'text' ? this.#plainText(event.text) : [];
    } else if (event.type === 'cascade-end') {
      return this.#close(event.result);
    }
    return [];
  }

  #callOf({ model, place }: Reading): ChildCall | undefined {
    return this.#context.calls.get(model)?.[place];
  }

  /** Releases the pieces up to and including the first that is `last`. */
  #release(call: ChildCall, last: (piece: ChildPiece) => boolean): AnswerPart[] {
    const parts: AnswerPart[] = [];
    while (call.released < call.pieces.length) {
      const before = call.pieces[call.released - 1];
      if (before && last(before)) break;
      parts.push(raisePart((call.pieces[call.released++] as ChildPiece).part, call.version, this.#version));
    }
    return parts;
  }

  #plainText(text: string): AnswerPart[] {
    const start: AnswerPart[] = this.#isTextOpen ? [] : [{ type: 'stream-start', warnings: [] }, { type: 'text-start', id: textId }];
    this.#isTextOpen = true;
    return [...start, { type: 'text-delta', id: textId, delta: text }];
  }

  #close(result: CascadeResult): AnswerPart[] {
    const chosen = result.attempts.findLast((attempt) => attempt.chosen);
    const reading = chosen && this.#readings.get(chosen.attempt);
    const call = reading && this.#callOf(reading);
    const rest: AnswerPart[] = call ? this.#release(call, () => false) : this.#plainRest(result);
    return [
      ...rest,
      {
        type: 'finish',
        finishReason: toSpecFinish(result.finishReason, this.#version),
        usage: toSpecUsage(result.usage, this.#version),
        providerMetadata: { ...call?.finishMetadata, cascadeflow: toDecision(result) },
      } as unknown as AnswerPart,
    ];
  }

  #plainRest(result: CascadeResult): AnswerPart[] {
    const end: AnswerPart[] = this.#isTextOpen ? [{ type: 'text-end', id: textId }] : [{ type: 'stream-start', warnings: [] }];
    return [
      ...end,
      { type: 'response-metadata', modelId: result.modelUsed },
      ...result.toolCalls.map(({ id, name, arguments: input }) => ({ type: 'tool-call' as const, toolCallId: id, toolName: name, input })),
    ];
  }
}
