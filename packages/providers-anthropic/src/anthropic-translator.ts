import type { EndEvent, ModelEvent, Usage } from '@cascadeflow/contract';
import {
  type AnswerFacts,
  type AnswerTranslator,
  asCount,
  asList,
  asRecord,
  asText,
  createToolCallAssembler,
  type JsonRecord,
  toFinishReason,
  toProviderError,
} from '@cascadeflow/provider-kit';
import { answerTool } from './to-anthropic-body.ts';

/** Reads an answer of the Messages API, in events or whole. */
export class AnthropicTranslator implements AnswerTranslator {
  ended = false;
  readonly #facts: AnswerFacts;
  readonly #tools = createToolCallAssembler(() => this.#id ?? '');
  /** Blocks of the tool that stands in for a JSON schema: their input is the answer's text. */
  readonly #answerBlocks = new Set<number>();
  readonly #standsIn: boolean;
  readonly #usage: Record<string, unknown> = {};
  #id: string | undefined;
  #model: string | undefined;
  #stopReason: string | undefined;
  #calledTools = false;

  constructor(facts: AnswerFacts) {
    this.#facts = facts;
    this.#standsIn = !facts.request.tools?.length && facts.request.responseFormat?.type === 'json-schema';
  }

  get whole(): boolean {
    return this.ended || this.#stopReason !== undefined;
  }

  push(record: string, events: ModelEvent[]): void {
    const event = asRecord(JSON.parse(record));
    switch (event?.['type']) {
      case 'message_start':
        this.#pushHead(asRecord(event['message']));
        break;
      case 'content_block_start':
        this.#startBlock(Number(event['index']), asRecord(event['content_block']), events, false);
        break;
      case 'content_block_delta':
        this.#pushDelta(Number(event['index']), asRecord(event['delta']), events);
        break;
      case 'message_delta':
        this.#stop(asRecord(event['delta'])?.['stop_reason']);
        this.#addUsage(event['usage']);
        break;
      case 'message_stop':
        this.ended = true;
        break;
      case 'error':
        throw toProviderError({ body: event }, this.#facts.context);
    }
  }

  pushWhole(answer: JsonRecord, events: ModelEvent[]): string | undefined {
    if (answer['type'] === 'error' || answer['error']) throw toProviderError({ body: answer }, this.#facts.context);
    this.#pushHead(answer);
    asList(answer['content']).forEach((block, index) => this.#startBlock(index, asRecord(block), events, true));
    this.#stop(answer['stop_reason']);
    return Array.isArray(answer['content']) ? undefined : 'the answer has no content';
  }

  close(): readonly ModelEvent[] {
    const events: ModelEvent[] = [];
    this.#calledTools = this.#tools.count > 0;
    this.#tools.finish(events);
    const usage = fromAnthropicUsage(this.#usage);
    const raw = this.#stopReason;
    const isAnswerTool = raw === 'tool_use' && !this.#calledTools;
    const end: EndEvent = {
      type: 'end',
      finishReason: isAnswerTool ? { unified: 'stop', raw } : toFinishReason(raw, this.#calledTools),
      ...(usage && { usage }),
      ...(this.#model !== undefined && { servedModel: this.#model }),
      ...(this.#id !== undefined && { responseId: this.#id }),
      ...(this.#facts.warnings.length > 0 && { warnings: this.#facts.warnings }),
    };
    events.push(end);
    return events;
  }

  #pushHead(message: JsonRecord | undefined): void {
    this.#id = asText(message?.['id']);
    this.#model = asText(message?.['model']);
    this.#addUsage(message?.['usage']);
  }

  #startBlock(index: number, block: JsonRecord | undefined, events: ModelEvent[], isWhole: boolean): void {
    switch (block?.['type']) {
      case 'text':
        pushText('text-delta', block['text'], events);
        break;
      case 'thinking': {
        pushText('reasoning-delta', block['thinking'], events);
        if (isWhole && asText(block['signature'])) events.push({ type: 'reasoning-delta', text: '', signature: String(block['signature']) });
        break;
      }
      case 'redacted_thinking':
        events.push({ type: 'reasoning-delta', text: '', redacted: String(block['data'] ?? '') });
        break;
      case 'tool_use': {
        const input = isWhole ? JSON.stringify(block['input'] ?? {}) : undefined;
        if (this.#standsIn && block['name'] === answerTool) {
          this.#answerBlocks.add(index);
          pushText('text-delta', input, events);
        } else this.#tools.add(index, { id: asText(block['id']), name: asText(block['name']), arguments: input }, events);
      }
    }
  }

  #pushDelta(index: number, delta: JsonRecord | undefined, events: ModelEvent[]): void {
    switch (delta?.['type']) {
      case 'text_delta':
        pushText('text-delta', delta['text'], events);
        break;
      case 'thinking_delta':
        pushText('reasoning-delta', delta['thinking'], events);
        break;
      case 'signature_delta':
        events.push({ type: 'reasoning-delta', text: '', signature: String(delta['signature'] ?? '') });
        break;
      case 'input_json_delta':
        if (this.#answerBlocks.has(index)) pushText('text-delta', delta['partial_json'], events);
        else this.#tools.add(index, { arguments: asText(delta['partial_json']) }, events);
    }
  }

  #stop(reason: unknown): void {
    this.#stopReason = asText(reason) ?? this.#stopReason;
  }

  /** Counts of later events replace earlier ones: they are running totals. */
  #addUsage(wire: unknown): void {
    for (const [field, count] of Object.entries(asRecord(wire) ?? {})) if (count !== null) this.#usage[field] = count;
  }
}

/** Maps the Messages API's `usage`, which counts cached tokens beside the input, to kinds that never overlap. */
export function fromAnthropicUsage(usage: JsonRecord): Usage | undefined {
  const input = asCount(usage['input_tokens']);
  const cachedInput = asCount(usage['cache_read_input_tokens']);
  const cacheWrite = asCount(usage['cache_creation_input_tokens']);
  const cacheWriteHour = asCount(asRecord(usage['cache_creation'])?.['ephemeral_1h_input_tokens']);
  const output = asCount(usage['output_tokens']);
  const reasoning = asCount(asRecord(usage['output_tokens_details'])?.['thinking_tokens']);
  if (input === undefined && output === undefined) return undefined;
  return {
    ...(input !== undefined && { input }),
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(cacheWriteHour && { cacheWriteHour }),
    ...(output !== undefined && { output: Math.max(0, output - (reasoning ?? 0)) }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

function pushText(type: 'text-delta' | 'reasoning-delta', text: unknown, events: ModelEvent[]): void {
  if (typeof text === 'string' && text !== '') events.push({ type, text });
}
