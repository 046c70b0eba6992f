import type { EndEvent, ModelEvent, Usage } from '@cascadeflow/contract';
import { type ErrorContext, toProviderError } from '../error/provider-failure.ts';
import { toFinishReason } from '../finish-reason.ts';
import { asList, asRecord, asText, type JsonRecord } from '../wire/json.ts';
import type { AnswerTranslator } from '../wire/wire-model.ts';
import { createPlaceholderFilter, fromChatLogprobs, pushLogprobs } from './chat-logprobs.ts';
import { fromChatUsage } from './chat-usage.ts';
import type { ChatQuirks } from './quirks.ts';
import { TextTemplate } from './text-template.ts';
import { createThinkSplitter } from './think-splitter.ts';
import { createToolCallAssembler, type ToolCallAssembler } from './tool-call-assembler.ts';

/** What is known about an answer beside its records. */
export interface ChatAnswerFacts {
  readonly context: ErrorContext;
  readonly quirks: ChatQuirks;
  readonly warnings: readonly string[];
  /** USD, where a header of the response says so. */
  readonly reportedCost?: number | undefined;
}

/** Reads the answer of Chat Completions, in pieces (`chat.completion.chunk`) or whole (`chat.completion`). Only the first choice counts. */
export class ChatTranslator implements AnswerTranslator {
  ended = false;
  readonly #facts: ChatAnswerFacts;
  readonly #think;
  readonly #filter;
  readonly #template = new TextTemplate();
  /** Made when the first tool call comes: most answers have none. */
  #tools: ToolCallAssembler | undefined;
  #id: string | undefined;
  #model: string | undefined;
  #finish: string | undefined;
  #refused = false;
  #calledTools = false;
  #usage: Usage | undefined;
  #cost: number | undefined;

  constructor(facts: ChatAnswerFacts) {
    this.#facts = facts;
    this.#cost = facts.reportedCost;
    this.#think = facts.quirks.inlineThinking ? createThinkSplitter() : undefined;
    this.#filter = facts.quirks.placeholderLogprobs ? createPlaceholderFilter() : undefined;
  }

  get whole(): boolean {
    return this.ended || this.#finish !== undefined;
  }

  push(record: string, events: ModelEvent[]): void {
    if (record === '[DONE]') {
      this.ended = true;
      return;
    }
    const text = this.#template.read(record);
    if (text !== undefined) return this.#pushText(text, events);
    const chunk = asRecord(JSON.parse(record));
    if (!chunk) return;
    this.#pushChunk(chunk, events);
    const said = onlyText(chunk);
    if (said !== undefined) this.#template.learn(record, said);
  }

  pushWhole(answer: JsonRecord, events: ModelEvent[]): string | undefined {
    this.#pushChunk(answer, events);
    return asList(answer['choices']).length > 0 ? undefined : 'the answer has no choices';
  }

  #pushChunk(chunk: JsonRecord, events: ModelEvent[]): void {
    if (chunk['error']) throw toProviderError({ body: chunk }, this.#facts.context);
    this.#id ??= asText(chunk['id']);
    this.#model ??= asText(chunk['model']);
    const usage = chunk['usage'] ?? asRecord(chunk['x_groq'])?.['usage'];
    if (usage) {
      this.#usage = fromChatUsage(usage) ?? this.#usage;
      const cost = asRecord(usage)?.['cost'];
      if (typeof cost === 'number') this.#cost ??= cost;
    }
    const choice = asRecord(asList(chunk['choices'])[0]);
    if (!choice) return;
    const delta = asRecord(choice['delta']) ?? asRecord(choice['message']);
    if (delta) this.#pushDelta(delta, events);
    if (choice['logprobs'] !== undefined && choice['logprobs'] !== null) {
      const tokens = fromChatLogprobs(choice['logprobs'], delta?.['content'], choice['top_logprobs']);
      pushLogprobs(this.#filter ? this.#filter(tokens) : tokens, events);
    }
    const finish = choice['finish_reason'];
    if (typeof finish === 'string' && finish !== '') this.#close(finish, events);
  }

  close(): readonly ModelEvent[] {
    const events: ModelEvent[] = [];
    if (this.#finish === undefined) this.#close(undefined, events);
    const { warnings } = this.#facts;
    const end: EndEvent = {
      type: 'end',
      finishReason: this.#refused ? { unified: 'content-filter', raw: 'refusal' } : toFinishReason(this.#finish, this.#calledTools),
      ...(this.#usage && { usage: this.#usage }),
      ...(this.#cost !== undefined && { reportedCost: this.#cost }),
      ...(this.#model !== undefined && { servedModel: this.#model }),
      ...(this.#id !== undefined && { responseId: this.#id }),
      ...(warnings.length > 0 && { warnings }),
    };
    events.push(end);
    return events;
  }

  #pushDelta(delta: JsonRecord, events: ModelEvent[]): void {
    const reasoning = delta['reasoning_content'] ?? delta['reasoning'];
    if (typeof reasoning === 'string' && reasoning !== '') events.push({ type: 'reasoning-delta', text: reasoning });
    const text = delta['content'];
    if (typeof text === 'string') this.#pushText(text, events);
    const refusal = delta['refusal'];
    if (typeof refusal === 'string' && refusal !== '') {
      this.#refused = true;
      events.push({ type: 'text-delta', text: refusal });
    }
    if (delta['tool_calls']) this.#pushTools(asList(delta['tool_calls']), events);
  }

  #pushText(text: string, events: ModelEvent[]): void {
    if (text === '') return;
    if (this.#think) this.#think.push(text, events);
    else events.push({ type: 'text-delta', text });
  }

  #pushTools(pieces: readonly unknown[], events: ModelEvent[]): void {
    const tools = (this.#tools ??= createToolCallAssembler(() => this.#id ?? ''));
    pieces.forEach((entry, position) => {
      const piece = asRecord(entry);
      const called = asRecord(piece?.['function']);
      if (!piece || !called) return;
      const index = piece['index'];
      const given = called['arguments'];
      tools.add(
        typeof index === 'number' ? index : position,
        { id: asText(piece['id']), name: asText(called['name']), arguments: asRecord(given) ? JSON.stringify(given) : asText(given) },
        events,
      );
    });
  }

  #close(finish: string | undefined, events: ModelEvent[]): void {
    this.#finish ??= finish;
    this.#think?.end(events);
    if (!this.#tools) return;
    this.#calledTools ||= this.#tools.count > 0;
    this.#tools.finish(events);
  }
}

/** The text of a chunk that holds nothing else that could be told. */
function onlyText(chunk: JsonRecord): string | undefined {
  const choice = asRecord(asList(chunk['choices'])[0]);
  const delta = asRecord(choice?.['delta']);
  if (!choice || !delta || chunk['usage'] || chunk['x_groq'] || choice['logprobs'] || choice['top_logprobs'] || choice['finish_reason']) return undefined;
  if (delta['reasoning_content'] || delta['reasoning'] || delta['refusal'] || delta['tool_calls']) return undefined;
  return asText(delta['content']);
}
