import { type EndEvent, type ModelEvent, ProviderError, type TokenLogprob } from '@cascadeflow/contract';
import { addUsageMetadata, fromUsageMetadata, mustSayFinishReason, readFinishReason } from '@cascadeflow/langchain/wire';
import type { CallPiece, LangChainMessage } from './lang-chain.ts';

type Counts = NonNullable<Parameters<typeof addUsageMetadata>[0]>;

/** Turns the pieces of a LangChain answer into the contract's events. */
export class AnswerReader {
  private readonly calls: { readonly index: string | number | undefined; id: string; name: string; args: string }[] = [];
  private usage: Counts | undefined;
  private finish: EndEvent['finishReason'] | undefined;
  private servedModel: string | undefined;
  private responseId: string | undefined;
  private readonly provider: string;
  private readonly model: string;

  constructor(provider: string, model: string) {
    this.provider = provider;
    this.model = model;
  }

  /** The events of one more piece. */
  *read(piece: LangChainMessage): Generator<ModelEvent, void, undefined> {
    const { reasoning, text } = readContent(piece);
    this.takeFacts(piece);
    if (reasoning !== '') yield { type: 'reasoning-delta', text: reasoning };
    if (text !== '') yield { type: 'text-delta', text };
    for (const call of callPieces(piece)) {
      let open = call.index === undefined ? undefined : this.calls.find((other) => other.index === call.index && (call.id === undefined || call.id === other.id));
      if (!open) this.calls.push((open = { index: call.index, id: call.id ?? `call_${this.calls.length}`, name: '', args: '' }));
      if (open.name === '' && call.name) yield { type: 'tool-call-start', id: open.id, name: call.name };
      open.name += call.name ?? '';
      open.args += call.args ?? '';
    }
    const tokens = readLogprobs(piece);
    if (tokens.length > 0) yield { type: 'logprobs', tokens };
  }

  /**
   * The events that close the answer.
   * @throws ProviderError when a stream stopped before its end.
   */
  *end(streamed: boolean): Generator<ModelEvent, void, undefined> {
    const { provider, model } = this;
    if (!this.finish && streamed && mustSayFinishReason(provider)) {
      throw new ProviderError(`${provider}/${model} stopped before the end of its answer`, { kind: 'cut', provider, model, retryable: true });
    }
    for (const { id, name, args } of this.calls) yield { type: 'tool-call', call: { id, name, arguments: args === '' ? '{}' : args } };
    const usage = fromUsageMetadata(this.usage);
    yield {
      type: 'end',
      finishReason: this.finish ?? { unified: this.calls.length > 0 ? 'tool-calls' : 'stop' },
      ...(usage && { usage }),
      ...(this.servedModel !== undefined && { servedModel: this.servedModel }),
      ...(this.responseId !== undefined && { responseId: this.responseId }),
    };
  }

  private takeFacts(piece: LangChainMessage): void {
    const facts = piece.response_metadata ?? {};
    this.usage = addUsageMetadata(this.usage, piece.usage_metadata as Counts | undefined, this.provider);
    this.finish = readFinishReason(facts, piece.additional_kwargs) ?? this.finish;
    const served = facts['model_name'] ?? facts['model'];
    if (typeof served === 'string') this.servedModel = served;
    if (piece.id !== undefined && !piece.id.startsWith('run-')) this.responseId ??= piece.id;
  }
}

function readContent({ content }: LangChainMessage): { readonly text: string; readonly reasoning: string } {
  if (typeof content === 'string') return { text: content, reasoning: '' };
  let text = '';
  let reasoning = '';
  for (const block of content) {
    if (block.type === 'text' || block.type === 'output_text') text += block.text ?? '';
    else if (block.type === 'thinking' || block.type === 'reasoning') reasoning += block.thinking ?? block.reasoning ?? '';
  }
  return { text, reasoning };
}

function callPieces(piece: LangChainMessage): readonly CallPiece[] {
  if (piece.tool_call_chunks && piece.tool_call_chunks.length > 0) return piece.tool_call_chunks;
  const valid = (piece.tool_calls ?? []).map(({ id, name, args }) => ({ id, name, args: JSON.stringify(args) }));
  return [...valid, ...(piece.invalid_tool_calls ?? [])];
}

/** Token probabilities in OpenAI's form, which LangChain's packages pass on. */
function readLogprobs({ response_metadata: facts }: LangChainMessage): readonly TokenLogprob[] {
  const told = (facts?.['logprobs'] as { readonly content?: unknown } | null | undefined)?.content;
  if (!Array.isArray(told)) return [];
  return (told as readonly { readonly token: string; readonly logprob: number }[]).map(({ token, logprob }) => ({ token, logprob }));
}
