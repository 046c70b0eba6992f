import type { CascadeEvent, CascadeResult, ToolCall } from '@cascadeflow/contract';
import type { StreamTranslator } from '../routes/stream-runs.ts';
import { reasoningOf } from './openai-chat-response.ts';
import { incompleteReason, type ResponsesFrame, toCallItem, toMessageItem, toReasoningItem, toResponse, toTextPart } from './responses-response.ts';

/**
 * Turns the events of a run into the Responses API's stream: created, whole items one after the other, completed. Provisional text is kept back,
 * because this wire cannot take a text back.
 */
export class ResponsesStream implements StreamTranslator {
  readonly vendor = 'openai';
  readonly keepAlive = ': keep-alive\n\n';
  readonly #frame: ResponsesFrame;
  readonly #details: boolean;
  readonly #models = new Map<number, string>();
  readonly #items: object[] = [];
  #sequence = 0;
  #isStarted = false;
  #isTextOpen = false;
  #text = '';
  #callCount = 0;

  constructor(frame: ResponsesFrame, details: boolean) {
    this.#frame = frame;
    this.#details = details;
  }

  take(event: CascadeEvent): string {
    switch (event.type) {
      case 'draft-start':
        this.#models.set(event.attempt, event.model);
        return '';
      case 'text-delta':
        return event.provisional || event.text === '' ? '' : this.#start(event.runId, this.#models.get(event.attempt)) + this.#write(event.runId, event.text);
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
    const response = toResponse(this.#frame, runId, model, [], undefined);
    return this.#event('response.created', { response }) + this.#event('response.in_progress', { response });
  }

  #write(runId: string, text: string): string {
    const at = { item_id: `msg_${runId}`, output_index: this.#items.length, content_index: 0 };
    this.#text += text;
    if (this.#isTextOpen) return this.#event('response.output_text.delta', { ...at, delta: text, logprobs: [] });
    this.#isTextOpen = true;
    const item = { id: at.item_id, type: 'message', role: 'assistant', status: 'in_progress', content: [] };
    return (
      this.#event('response.output_item.added', { output_index: at.output_index, item }) +
      this.#event('response.content_part.added', { ...at, part: toTextPart('') }) +
      this.#event('response.output_text.delta', { ...at, delta: text, logprobs: [] })
    );
  }

  /** What no event has shown, and the end. Calls come last, because a text before them may still be written. */
  #close(result: CascadeResult): string {
    const { runId } = result;
    const start = this.#start(runId, result.modelUsed);
    const thoughts = this.#text === '' ? this.#thoughts(result) : '';
    const rest = result.content.slice(this.#text.length);
    const text = (rest === '' ? '' : this.#write(runId, rest)) + this.#closeText(result);
    const calls = result.toolCalls.map((call) => this.#call(runId, call)).join('');
    const type = incompleteReason(result) === undefined ? 'response.completed' : 'response.incomplete';
    return start + thoughts + text + calls + this.#event(type, { response: toResponse(this.#frame, runId, result.modelUsed, this.#items, result, this.#details) });
  }

  #closeText(result: CascadeResult): string {
    if (!this.#isTextOpen) return '';
    const item = toMessageItem(result.runId, result);
    const at = { item_id: `msg_${result.runId}`, output_index: this.#items.length, content_index: 0 };
    this.#items.push(item);
    const part = toTextPart(this.#text, result.logprobs);
    return (
      this.#event('response.output_text.done', { ...at, text: this.#text, logprobs: [] }) +
      this.#event('response.content_part.done', { ...at, part }) +
      this.#event('response.output_item.done', { output_index: at.output_index, item })
    );
  }

  #call(runId: string, call: ToolCall): string {
    const index = this.#callCount++;
    const item = toCallItem(runId, index, call);
    const at = { item_id: item.id, output_index: this.#items.length };
    this.#items.push(item);
    return (
      this.#event('response.output_item.added', { output_index: at.output_index, item: toCallItem(runId, index, call, true) }) +
      this.#event('response.function_call_arguments.delta', { ...at, delta: call.arguments }) +
      this.#event('response.function_call_arguments.done', { ...at, name: call.name, arguments: call.arguments }) +
      this.#event('response.output_item.done', { output_index: at.output_index, item })
    );
  }

  #thoughts(result: CascadeResult): string {
    const text = reasoningOf(result).map((part) => part.text).join('\n');
    if (text === '') return '';
    const item = toReasoningItem(result.runId, text);
    const at = { item_id: `rs_${result.runId}`, output_index: this.#items.length, summary_index: 0 };
    this.#items.push(item);
    return (
      this.#event('response.output_item.added', { output_index: at.output_index, item: { id: at.item_id, type: 'reasoning', summary: [] } }) +
      this.#event('response.reasoning_summary_part.added', { ...at, part: { type: 'summary_text', text: '' } }) +
      this.#event('response.reasoning_summary_text.delta', { ...at, delta: text }) +
      this.#event('response.reasoning_summary_text.done', { ...at, text }) +
      this.#event('response.reasoning_summary_part.done', { ...at, part: { type: 'summary_text', text } }) +
      this.#event('response.output_item.done', { output_index: at.output_index, item })
    );
  }

  #event(type: string, fields: object): string {
    return `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: this.#sequence++, ...fields })}\n\n`;
  }
}
