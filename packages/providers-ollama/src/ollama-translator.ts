import type { ModelEvent, Usage } from '@cascadeflow/contract';
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

/** Reads an answer of Ollama's `/api/chat`, in lines or whole: both have one shape. */
export class OllamaTranslator implements AnswerTranslator {
  ended = false;
  readonly #facts: AnswerFacts;
  readonly #tools = createToolCallAssembler(() => this.#createdAt);
  #createdAt = '';
  #last: JsonRecord | undefined;
  #calls = 0;

  constructor(facts: AnswerFacts) {
    this.#facts = facts;
  }

  get whole(): boolean {
    return this.ended;
  }

  push(record: string, events: ModelEvent[]): void {
    const line = asRecord(JSON.parse(record));
    if (line) this.pushWhole(line, events);
  }

  pushWhole(line: JsonRecord, events: ModelEvent[]): string | undefined {
    if (line['error'] !== undefined) throw toProviderError({ body: line }, this.#facts.context);
    this.#createdAt ||= asText(line['created_at']) ?? '';
    const message = asRecord(line['message']);
    pushText('reasoning-delta', message?.['thinking'], events);
    pushText('text-delta', message?.['content'], events);
    if (message?.['tool_calls']) this.#pushCalls(asList(message['tool_calls']), events);
    if (line['logprobs']) pushLogprobs(line['logprobs'], events);
    if (line['done'] === true) {
      this.ended = true;
      this.#last = line;
    }
    return message || line['done'] === true ? undefined : 'the answer has no message';
  }

  #pushCalls(calls: readonly unknown[], events: ModelEvent[]): void {
    for (const entry of calls) {
      const call = asRecord(entry);
      const called = asRecord(call?.['function']);
      const given = called?.['arguments'];
      const text = typeof given === 'string' ? given : JSON.stringify(given ?? {});
      this.#tools.add(this.#calls++, { id: asText(call?.['id']), name: asText(called?.['name']), arguments: text }, events);
    }
  }

  close(): readonly ModelEvent[] {
    const events: ModelEvent[] = [];
    this.#tools.finish(events);
    const usage = fromOllamaUsage(this.#last);
    const model = asText(this.#last?.['model']);
    events.push({
      type: 'end',
      finishReason: toFinishReason(asText(this.#last?.['done_reason']) ?? 'stop', this.#calls > 0),
      ...(usage && { usage }),
      ...(model !== undefined && { servedModel: model }),
      ...(this.#facts.warnings.length > 0 && { warnings: this.#facts.warnings }),
    });
    return events;
  }
}

/** Maps the counts of the last line; a prompt read from the server's cache is not counted by old versions and is then absent. Thinking counts as output. */
export function fromOllamaUsage(line: JsonRecord | undefined): Usage | undefined {
  const input = asCount(line?.['prompt_eval_count']);
  const output = asCount(line?.['eval_count']);
  if (input === undefined && output === undefined) return undefined;
  return { ...(input !== undefined && { input }), ...(output !== undefined && { output }) };
}

function pushText(type: 'text-delta' | 'reasoning-delta', text: unknown, events: ModelEvent[]): void {
  if (typeof text === 'string' && text !== '') events.push({ type, text });
}

function pushLogprobs(wire: unknown, events: ModelEvent[]): void {
  const tokens = fromChatLogprobs({ content: wire });
  if (tokens.length > 0) events.push({ type: 'logprobs', tokens });
}
