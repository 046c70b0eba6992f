import type { CascadeEvent, CascadeResult, ToolCall } from '@cascadeflow/contract';
import { toDecision } from '../decision.ts';
import type { StreamTranslator } from '../routes/stream-runs.ts';
import { signedThinking, toAnthropicUsage, toMessageId, toStopReason, toThinkingBlock, toToolInput } from './anthropic-response.ts';
import { chosenUsage } from './openai-chat-usage.ts';

/**
 * Turns the events of a run into the Messages API's stream: one message_start, whole content blocks one after the other, one message_delta,
 * one message_stop. Provisional text is kept back, because this wire cannot take a text back. Thinking is sent whole with its signature, which
 * comes last: in a stream it is given only where no text went before.
 */
export class AnthropicStream implements StreamTranslator {
  readonly vendor = 'anthropic';
  readonly keepAlive = 'event: ping\ndata: {"type":"ping"}\n\n';
  readonly #inputTokens: number;
  readonly #details: boolean;
  readonly #models = new Map<number, string>();
  #isStarted = false;
  #isTextOpen = false;
  #index = 0;
  #textLength = 0;
  #toolCount = 0;

  /** `inputTokens`: an estimate, replaced by the vendor's count at the end. */
  constructor(inputTokens: number, details: boolean) {
    this.#inputTokens = inputTokens;
    this.#details = details;
  }

  take(event: CascadeEvent): string {
    switch (event.type) {
      case 'draft-start':
        this.#models.set(event.attempt, event.model);
        return '';
      case 'text-delta':
        return event.provisional ? '' : this.#start(event.runId, this.#models.get(event.attempt)) + this.#text(event.text);
      case 'tool-call':
        return this.#start(event.runId, this.#models.get(event.attempt)) + this.#toolUse(event.call);
      case 'cascade-end':
        return this.#close(event.result);
      default:
        return '';
    }
  }

  end(): string {
    return '';
  }

  #start(runId: string, model = ''): string {
    if (this.#isStarted) return '';
    this.#isStarted = true;
    const usage = { input_tokens: this.#inputTokens, output_tokens: 0 };
    const message = { id: toMessageId(runId), type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null, usage };
    return toFrame({ type: 'message_start', message });
  }

  #text(text: string): string {
    if (text === '') return '';
    this.#textLength += text.length;
    const open = this.#isTextOpen ? '' : toFrame({ type: 'content_block_start', index: this.#index, content_block: { type: 'text', text: '' } });
    this.#isTextOpen = true;
    return open + toFrame({ type: 'content_block_delta', index: this.#index, delta: { type: 'text_delta', text } });
  }

  #toolUse(call: ToolCall): string {
    this.#toolCount++;
    const block = { type: 'tool_use', id: call.id, name: call.name, input: {} };
    return this.#closeText() + this.#block(block, [{ type: 'input_json_delta', partial_json: JSON.stringify(toToolInput(call)) }]);
  }

  #block(block: object, deltas: readonly object[]): string {
    const index = this.#index++;
    const pieces = deltas.map((delta) => toFrame({ type: 'content_block_delta', index, delta }));
    return toFrame({ type: 'content_block_start', index, content_block: block }) + pieces.join('') + toFrame({ type: 'content_block_stop', index });
  }

  #closeText(): string {
    if (!this.#isTextOpen) return '';
    this.#isTextOpen = false;
    return toFrame({ type: 'content_block_stop', index: this.#index++ });
  }

  /** What no event has shown, and the end. */
  #close(result: CascadeResult): string {
    const start = this.#start(result.runId, result.modelUsed);
    const thoughts = this.#index === 0 && this.#textLength === 0 ? this.#thoughts(result) : '';
    const rest = this.#text(result.content.slice(this.#textLength)) + result.toolCalls.slice(this.#toolCount).map((call) => this.#toolUse(call)).join('');
    const delta = { stop_reason: toStopReason(result.finishReason), stop_sequence: null };
    const end = toFrame({ type: 'message_delta', delta, usage: toAnthropicUsage(chosenUsage(result)) });
    const details = this.#details ? `: cascade ${JSON.stringify(toDecision(result))}\n\n` : '';
    return start + thoughts + rest + this.#closeText() + end + details + toFrame({ type: 'message_stop' });
  }

  #thoughts(result: CascadeResult): string {
    return signedThinking(result)
      .map((part) => {
        if (part.redacted !== undefined) return this.#block(toThinkingBlock(part), []);
        const deltas = [{ type: 'thinking_delta', thinking: part.text }, { type: 'signature_delta', signature: part.signature }];
        return this.#block({ type: 'thinking', thinking: '', signature: '' }, deltas);
      })
      .join('');
  }
}

function toFrame(event: { readonly type: string; readonly [field: string]: unknown }): string {
  return `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`;
}
