import { type EndEvent, type ModelEvent, ProviderError, type TokenLogprob } from '@cascadeflow/contract';
import { AIMessageChunk, type AIMessage, type UsageMetadata } from '@langchain/core/messages';
import { mustSayFinishReason, readFinishReason } from '../translate/finish-reason.ts';
import { readReasoning, textOf } from '../translate/from-messages.ts';
import { addUsageMetadata, fromUsageMetadata } from '../translate/usage.ts';
import type { ChildCall } from './run-context.ts';

/** What a reader must know of the call it reads. */
export interface ReaderOptions {
  readonly provider: string;
  readonly model: string;
  /** Names of the caller's own tools: calls of other tools are the structured answer. */
  readonly toolNames: ReadonlySet<string>;
  readonly answersByTool: boolean;
  readonly streaming: boolean;
  readonly call: ChildCall | undefined;
}

interface OpenCall {
  readonly index: string | number | undefined;
  id: string;
  name: string;
  args: string;
}

/** Turns the messages of one LangChain call into the contract's events, and keeps them as they came. */
export class ChunkReader {
  readonly #options: ReaderOptions;
  readonly #calls: OpenCall[] = [];
  #usage: UsageMetadata | undefined;
  #finish: EndEvent['finishReason'] | undefined;
  #servedModel: string | undefined;
  #responseId: string | undefined;
  /** Text beside a structured answer that comes by tool call; the answer itself when no call follows. */
  #aside = '';
  #textEnd = 0;
  #reasoningEnd = 0;

  constructor(options: ReaderOptions) {
    this.#options = options;
  }

  /** The events of one more piece. */
  *read(chunk: AIMessage | AIMessageChunk): Generator<ModelEvent, void, undefined> {
    const { answersByTool, call, streaming } = this.#options;
    for (const part of readReasoning(chunk)) {
      this.#reasoningEnd += part.text.length;
      yield { type: 'reasoning-delta', text: part.text, ...(part.signature !== undefined && { signature: part.signature }) };
    }
    let text = textOf(chunk);
    if (answersByTool) {
      this.#aside += text;
      text = '';
    }
    const starts: ModelEvent[] = [];
    text += this.#takeCalls(chunk, starts);
    this.#textEnd += text.length;
    this.#takeFacts(chunk);
    if (call && streaming) call.pieces.push({ chunk: asChunk(chunk), textEnd: this.#textEnd, reasoningEnd: this.#reasoningEnd });
    else if (call) call.whole = chunk;
    if (text !== '') yield { type: 'text-delta', text };
    yield* starts;
    const tokens = readLogprobs(chunk);
    if (tokens.length > 0) yield { type: 'logprobs', tokens };
  }

  /**
   * The events that close the answer.
   * @throws ProviderError when a stream stopped before its end.
   */
  *end(warnings: readonly string[]): Generator<ModelEvent, void, undefined> {
    const { provider, model, streaming } = this.#options;
    const asked = this.#calls.filter((call) => !this.#isAnswer(call.name));
    if (!this.#finish && streaming && mustSayFinishReason(provider)) {
      throw new ProviderError(`${provider}/${model} stopped before the end of its answer`, { kind: 'cut', provider, model, retryable: true });
    }
    if (this.#aside !== '' && this.#calls.length === asked.length) yield { type: 'text-delta', text: this.#aside };
    for (const { id, name, args } of asked) yield { type: 'tool-call', call: { id, name, arguments: args === '' ? '{}' : args } };
    const usage = fromUsageMetadata(this.#usage);
    yield {
      type: 'end',
      finishReason: this.#finish ?? { unified: asked.length > 0 ? 'tool-calls' : 'stop' },
      ...(usage && { usage }),
      ...(this.#servedModel !== undefined && { servedModel: this.#servedModel }),
      ...(this.#responseId !== undefined && { responseId: this.#responseId }),
      ...(warnings.length > 0 && { warnings }),
    };
  }

  #isAnswer(name: string): boolean {
    return this.#options.answersByTool && !this.#options.toolNames.has(name);
  }

  /** Gathers tool calls; returns the text that the structured answer gained. */
  #takeCalls(message: AIMessage | AIMessageChunk, starts: ModelEvent[]): string {
    let text = '';
    for (const piece of callPieces(message)) {
      let open = piece.index === undefined ? undefined : this.#calls.find((call) => call.index === piece.index && (piece.id === undefined || piece.id === call.id));
      if (!open) {
        open = { index: piece.index, id: piece.id ?? `call_${this.#calls.length}`, name: '', args: '' };
        this.#calls.push(open);
      }
      const isNew = open.name === '';
      open.name += piece.name ?? '';
      open.args += piece.args ?? '';
      if (this.#isAnswer(open.name)) text += piece.args ?? '';
      else if (isNew && open.name !== '') starts.push({ type: 'tool-call-start', id: open.id, name: open.name });
    }
    return text;
  }

  #takeFacts(message: AIMessage | AIMessageChunk): void {
    const facts = message.response_metadata as { readonly [key: string]: unknown };
    this.#usage = addUsageMetadata(this.#usage, message.usage_metadata, this.#options.provider);
    this.#finish = readFinishReason(facts, message.additional_kwargs) ?? this.#finish;
    const served = facts['model_name'] ?? facts['model'];
    if (typeof served === 'string') this.#servedModel = served;
    if (message.id !== undefined && !message.id.startsWith('run-')) this.#responseId ??= message.id;
  }
}

interface CallPiece {
  readonly index?: string | number | undefined;
  readonly id?: string | undefined;
  readonly name?: string | undefined;
  readonly args?: string | undefined;
}

function callPieces(message: AIMessage | AIMessageChunk): readonly CallPiece[] {
  if (AIMessageChunk.isInstance(message) && message.tool_call_chunks && message.tool_call_chunks.length > 0) return message.tool_call_chunks;
  const valid = (message.tool_calls ?? []).map(({ id, name, args }) => ({ id, name, args: JSON.stringify(args) }));
  return [...valid, ...(message.invalid_tool_calls ?? [])];
}

/** Models that do not stream hand their whole message over as one piece. */
function asChunk(message: AIMessage | AIMessageChunk): AIMessageChunk {
  if (AIMessageChunk.isInstance(message)) return message;
  const { content, additional_kwargs, response_metadata, usage_metadata, id, name } = message;
  const chunk = new AIMessageChunk({
    content,
    additional_kwargs,
    response_metadata,
    tool_call_chunks: callPieces(message).map(({ id, name, args }, index) => ({ type: 'tool_call_chunk' as const, index, ...(id !== undefined && { id }), ...(name !== undefined && { name }), ...(args !== undefined && { args }) })),
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
  });
  if (usage_metadata) chunk.usage_metadata = usage_metadata;
  return chunk;
}

interface WireLogprob {
  readonly token: string;
  readonly logprob: number;
  readonly top_logprobs?: readonly { readonly token: string; readonly logprob: number }[];
}

/** Token probabilities in OpenAI's form, which LangChain's packages pass on. */
function readLogprobs(message: AIMessage): readonly TokenLogprob[] {
  const told = (message.response_metadata as { readonly logprobs?: { readonly content?: unknown } | null }).logprobs?.content;
  if (!Array.isArray(told)) return [];
  return (told as readonly WireLogprob[]).map(({ token, logprob, top_logprobs: top }) => ({ token, logprob, ...(top && top.length > 0 && { top: top.map(({ token, logprob }) => ({ token, logprob })) }) }));
}
