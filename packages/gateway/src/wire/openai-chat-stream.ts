import type { CascadeEvent, CascadeResult } from '@cascadeflow/contract';
import { reasoningOf, toChatFinish, toChatLogprobs, toChatToolCall } from './openai-chat-response.ts';

/** What all chunks of a completion share. */
export interface ChunkFrame {
  readonly id: string;
  readonly created: number;
  /** True when the client asked for usage: every chunk then has the field. */
  readonly withUsage: boolean;
}

/** The last line of a stream. */
export const chatDone = 'data: [DONE]\n\n';

/**
 * Turns the events of one run into the chunks of one choice: a role, what it says, a finish reason. Provisional text is kept back, because
 * this wire cannot take a text back.
 */
export class ChatChoiceStream {
  readonly #frame: ChunkFrame;
  readonly #index: number;
  #model = '';
  #isOpen = false;
  #textLength = 0;
  #reasoningLength = 0;
  #toolCount = 0;
  readonly #models = new Map<number, string>();

  constructor(frame: ChunkFrame, index: number) {
    this.#frame = frame;
    this.#index = index;
  }

  /** The chunks that an event sets free. */
  take(event: CascadeEvent): string {
    switch (event.type) {
      case 'draft-start':
        this.#models.set(event.attempt, event.model);
        return '';
      case 'text-delta':
        if (event.provisional) return '';
        this.#model = this.#models.get(event.attempt) ?? this.#model;
        return this.#text(event.text);
      case 'reasoning-delta':
        this.#model = this.#models.get(event.attempt) ?? this.#model;
        this.#reasoningLength += event.text.length;
        return event.text === '' ? '' : this.#open() + this.#chunk({ reasoning_content: event.text });
      case 'tool-call':
        this.#model = this.#models.get(event.attempt) ?? this.#model;
        return this.#open() + this.#toolCall(event.call);
      case 'cascade-end':
        return this.#close(event.result);
      default:
        return '';
    }
  }

  #text(text: string): string {
    this.#textLength += text.length;
    return text === '' ? '' : this.#open() + this.#chunk({ content: text });
  }

  #toolCall(call: CascadeResult['toolCalls'][number]): string {
    return this.#chunk({ tool_calls: [{ index: this.#toolCount++, ...toChatToolCall(call) }] });
  }

  /** The rest of the answer that no event has shown, and the end. */
  #close(result: CascadeResult): string {
    this.#model = result.modelUsed;
    const thoughts = this.#textLength === 0 && this.#reasoningLength === 0 ? reasoningOf(result).map((part) => part.text).join('') : '';
    const reasoning = thoughts === '' ? '' : this.#open() + this.#chunk({ reasoning_content: thoughts });
    const rest = this.#text(result.content.slice(this.#textLength));
    const calls = result.toolCalls.slice(this.#toolCount).map((call) => this.#toolCall(call)).join('');
    const logprobs = result.logprobs ? this.#chunk({}, null, toChatLogprobs(result.logprobs)) : '';
    return this.#open() + reasoning + rest + calls + logprobs + this.#chunk({}, toChatFinish(result.finishReason));
  }

  #open(): string {
    if (this.#isOpen) return '';
    this.#isOpen = true;
    return this.#chunk({ role: 'assistant', content: '', refusal: null });
  }

  #chunk(delta: object, finish: string | null = null, logprobs: object | null = null): string {
    return toChunk(this.#frame, this.#model, [{ index: this.#index, delta, logprobs, finish_reason: finish }], null);
  }
}

/** One `chat.completion.chunk` as a server-sent event. */
export function toChunk(frame: ChunkFrame, model: string, choices: readonly object[], usage: object | null): string {
  const { id, created, withUsage } = frame;
  return `data: ${JSON.stringify({ id, object: 'chat.completion.chunk', created, model, choices, ...(withUsage && { usage }) })}\n\n`;
}
