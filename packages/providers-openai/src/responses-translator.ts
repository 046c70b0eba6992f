import type { FinishReason, ModelEvent, Usage } from '@cascadeflow/contract';
import {
  type AnswerFacts,
  type AnswerTranslator,
  asCount,
  asList,
  asRecord,
  asText,
  createToolCallAssembler,
  fromChatLogprobs,
  type JsonRecord,
  toFinishReason,
  toProviderError,
} from '@cascadeflow/provider-kit';
import { toSignature } from './to-responses-body.ts';

/** Reads an answer of the Responses API, in events or whole. */
export class ResponsesTranslator implements AnswerTranslator {
  ended = false;
  readonly #facts: AnswerFacts;
  readonly #tools = createToolCallAssembler(() => this.#id ?? '');
  #id: string | undefined;
  #model: string | undefined;
  #usage: Usage | undefined;
  #finish: FinishReason = { unified: 'other' };
  #refused = false;
  /** Items whose text has come in pieces; their whole form repeats it. */
  readonly #heard = new Set<unknown>();

  constructor(facts: AnswerFacts) {
    this.#facts = facts;
  }

  get whole(): boolean {
    return this.ended;
  }

  push(record: string, events: ModelEvent[]): void {
    if (record === '[DONE]') return;
    const event = asRecord(JSON.parse(record));
    const position = event?.['output_index'];
    switch (event?.['type']) {
      case 'response.created':
        this.#pushHead(asRecord(event['response']));
        break;
      case 'response.output_item.added':
        this.#beginCall(asRecord(event['item']), Number(position), events);
        break;
      case 'response.output_text.delta':
        this.#heard.add(position);
        pushText('text-delta', event['delta'], events);
        this.#pushLogprobs(event['logprobs'], events);
        break;
      case 'response.refusal.delta':
        this.#heard.add(position);
        this.#refused = true;
        pushText('text-delta', event['delta'], events);
        break;
      case 'response.reasoning_summary_text.delta':
      case 'response.reasoning_text.delta':
        this.#heard.add(position);
        pushText('reasoning-delta', event['delta'], events);
        break;
      case 'response.function_call_arguments.delta':
        this.#tools.add(Number(position), { arguments: asText(event['delta']) }, events);
        break;
      case 'response.output_item.done':
        this.#pushItem(asRecord(event['item']), Number(position), events, this.#heard.has(position));
        break;
      case 'response.completed':
      case 'response.incomplete':
      case 'response.failed':
        this.#end(asRecord(event['response']) ?? {});
        break;
      case 'error':
        throw toProviderError({ body: { error: event['error'] ?? { message: event['message'], code: event['code'], param: event['param'] } } }, this.#facts.context);
    }
  }

  pushWhole(answer: JsonRecord, events: ModelEvent[]): string | undefined {
    this.#pushHead(answer);
    this.#end(answer);
    asList(answer['output']).forEach((item, index) => {
      this.#beginCall(asRecord(item), index, events);
      this.#pushItem(asRecord(item), index, events, false);
    });
    return Array.isArray(answer['output']) ? undefined : 'the answer has no output';
  }

  close(): readonly ModelEvent[] {
    const events: ModelEvent[] = [];
    const called = this.#tools.count > 0;
    this.#tools.finish(events);
    const { warnings } = this.#facts;
    events.push({
      type: 'end',
      finishReason: this.#refused
        ? { unified: 'content-filter', raw: 'refusal' }
        : called && this.#finish.unified === 'stop'
          ? { ...this.#finish, unified: 'tool-calls' }
          : this.#finish,
      ...(this.#usage && { usage: this.#usage }),
      ...(this.#model !== undefined && { servedModel: this.#model }),
      ...(this.#id !== undefined && { responseId: this.#id }),
      ...(warnings.length > 0 && { warnings }),
    });
    return events;
  }

  #pushHead(response: JsonRecord | undefined): void {
    this.#id = asText(response?.['id']);
    this.#model = asText(response?.['model']);
  }

  #beginCall(item: JsonRecord | undefined, index: number, events: ModelEvent[]): void {
    if (item?.['type'] === 'function_call') this.#tools.add(index, { id: asText(item['call_id']), name: asText(item['name']) }, events);
  }

  /** A finished item: its text where no pieces came, and the proof of its thinking. */
  #pushItem(item: JsonRecord | undefined, index: number, events: ModelEvent[], heard: boolean): void {
    switch (item?.['type']) {
      case 'message':
        for (const part of heard ? [] : asList(item['content']).map(asRecord)) {
          if (part?.['type'] === 'refusal') this.#refused = true;
          pushText('text-delta', part?.['text'] ?? part?.['refusal'], events);
          this.#pushLogprobs(part?.['logprobs'], events);
        }
        break;
      case 'reasoning': {
        for (const part of heard ? [] : [...asList(item['summary']), ...asList(item['content'])]) pushText('reasoning-delta', asRecord(part)?.['text'], events);
        const [id, encrypted] = [asText(item['id']), asText(item['encrypted_content'])];
        if (id !== undefined && encrypted !== undefined) events.push({ type: 'reasoning-delta', text: '', signature: toSignature(id, encrypted) });
        break;
      }
      case 'function_call':
        this.#tools.complete(index, asText(item['arguments']));
    }
  }

  #pushLogprobs(wire: unknown, events: ModelEvent[]): void {
    const tokens = fromChatLogprobs({ content: wire });
    if (tokens.length > 0) events.push({ type: 'logprobs', tokens });
  }

  #end(response: JsonRecord): void {
    if (response['status'] === 'failed' || response['error']) throw toProviderError({ body: { error: response['error'] ?? {} } }, this.#facts.context);
    const reason = asText(asRecord(response['incomplete_details'])?.['reason']) ?? asText(response['status']);
    this.#finish = toFinishReason(reason, false);
    this.#model = asText(response['model']) ?? this.#model;
    this.#usage = fromResponsesUsage(response['usage']);
    this.ended = true;
  }
}

/** Maps the Responses API's `usage`: input contains cached tokens, output contains reasoning. */
export function fromResponsesUsage(wire: unknown): Usage | undefined {
  const usage = asRecord(wire);
  const details = asRecord(usage?.['input_tokens_details']);
  const input = asCount(usage?.['input_tokens']);
  const output = asCount(usage?.['output_tokens']);
  const cachedInput = asCount(details?.['cached_tokens']);
  const cacheWrite = asCount(details?.['cache_write_tokens']);
  const reasoning = asCount(asRecord(usage?.['output_tokens_details'])?.['reasoning_tokens']);
  if (input === undefined && output === undefined) return undefined;
  return {
    ...(input !== undefined && { input: Math.max(0, input - (cachedInput ?? 0) - (cacheWrite ?? 0)) }),
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(output !== undefined && { output: Math.max(0, output - (reasoning ?? 0)) }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

function pushText(type: 'text-delta' | 'reasoning-delta', text: unknown, events: ModelEvent[]): void {
  if (typeof text === 'string' && text !== '') events.push({ type, text });
}
