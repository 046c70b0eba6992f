import type { FinishReason, ModelEvent, TokenLogprob, Usage } from '@cascadeflow/contract';
import { asCount, asList, asRecord, asText, fromChatLogprobs, type JsonRecord, toFinishReason } from '@cascadeflow/provider-kit';

/** Reads the parts of an AI SDK stream, or the content of an answer in one piece, of specification 2 to 4. */
export class PartsTranslator {
  /** True once a `finish` part has come that a vendor's own end marker stands behind. */
  whole = false;
  readonly #warnings: string[];
  readonly #begun = new Set<string>();
  #finishReason: FinishReason = { unified: 'other' };
  #usage: Usage | undefined;
  #id: string | undefined;
  #model: string | undefined;
  #calls = 0;

  constructor(warnings: readonly string[]) {
    this.#warnings = [...warnings];
  }

  /** Adds the events of one part. Error parts are the caller's affair. */
  push(part: JsonRecord, events: ModelEvent[]): void {
    switch (part['type']) {
      case 'stream-start':
        for (const warning of asList(part['warnings'])) this.#warnings.push(toWarning(asRecord(warning)));
        break;
      case 'response-metadata':
        this.pushResponse(part);
        break;
      case 'text-delta':
        pushText('text-delta', part['delta'], events);
        break;
      case 'text':
        pushText('text-delta', part['text'], events);
        break;
      case 'reasoning-delta':
        pushText('reasoning-delta', part['delta'], events);
        break;
      case 'reasoning':
        pushText('reasoning-delta', part['text'], events);
        pushProof(part, events);
        break;
      case 'reasoning-end':
        pushProof(part, events);
        break;
      case 'tool-input-start':
        if (part['providerExecuted'] !== true) this.#begin(part['id'], part['toolName'], events);
        break;
      case 'tool-call':
        if (part['providerExecuted'] !== true) this.#pushCall(part, events);
        break;
      case 'finish':
        this.pushFinish(part, events);
        break;
    }
  }

  /** Reads id and served model of a response. */
  pushResponse(response: JsonRecord | undefined): void {
    this.#id ??= asText(response?.['id']);
    this.#model ??= asText(response?.['modelId']);
  }

  /** Reads usage, finish reason and log probabilities. */
  pushFinish(part: JsonRecord, events: ModelEvent[]): void {
    for (const warning of asList(part['warnings'])) this.#warnings.push(toWarning(asRecord(warning)));
    this.#usage = fromAiSdkUsage(asRecord(part['usage']));
    const tokens = findLogprobs(asRecord(part['providerMetadata']));
    if (tokens.length > 0) events.push({ type: 'logprobs', tokens });
    const reason = part['finishReason'];
    const unified = asText(asRecord(reason)?.['unified']) ?? asText(reason);
    const raw = asText(asRecord(reason)?.['raw']) ?? asText(reason);
    this.#finishReason = { ...toFinishReason(unified, this.#calls > 0), ...(raw !== undefined && { raw }) };
    // The vendors' packages close a cut stream with a finish part of their own making: it has no word of the vendor in it.
    const isMadeUp = unified === 'unknown' || unified === 'interrupted' || (unified === 'other' && asText(asRecord(reason)?.['raw']) === undefined);
    this.whole = !isMadeUp;
  }

  /** The event that closes the answer. */
  close(): ModelEvent {
    return {
      type: 'end',
      finishReason: this.#finishReason,
      ...(this.#usage && { usage: this.#usage }),
      ...(this.#model !== undefined && { servedModel: this.#model }),
      ...(this.#id !== undefined && { responseId: this.#id }),
      ...(this.#warnings.length > 0 && { warnings: this.#warnings }),
    };
  }

  #begin(id: unknown, name: unknown, events: ModelEvent[]): void {
    if (typeof id !== 'string' || typeof name !== 'string' || this.#begun.has(id)) return;
    this.#begun.add(id);
    events.push({ type: 'tool-call-start', id, name });
  }

  #pushCall(part: JsonRecord, events: ModelEvent[]): void {
    const id = asText(part['toolCallId']) ?? '';
    const name = asText(part['toolName']) ?? '';
    const input = part['input'];
    this.#begin(id, name, events);
    this.#calls++;
    const text = typeof input === 'string' ? input : JSON.stringify(input ?? {});
    events.push({ type: 'tool-call', call: { id, name, arguments: text.trim() === '' ? '{}' : text } });
  }
}

/** Maps the usage of specification 2 (flat, totals with parts inside) and of 3 and 4 (nested). */
export function fromAiSdkUsage(usage: JsonRecord | undefined): Usage | undefined {
  const nestedInput = asRecord(usage?.['inputTokens']);
  const nestedOutput = asRecord(usage?.['outputTokens']);
  const inputTotal = asCount(nestedInput?.['total'] ?? usage?.['inputTokens']);
  const outputTotal = asCount(nestedOutput?.['total'] ?? usage?.['outputTokens']);
  const cachedInput = asCount(nestedInput?.['cacheRead'] ?? usage?.['cachedInputTokens']);
  const cacheWrite = asCount(nestedInput?.['cacheWrite']);
  const reasoning = asCount(nestedOutput?.['reasoning'] ?? usage?.['reasoningTokens']);
  const input = asCount(nestedInput?.['noCache']) ?? (inputTotal === undefined ? undefined : Math.max(0, inputTotal - (cachedInput ?? 0) - (cacheWrite ?? 0)));
  const output = asCount(nestedOutput?.['text']) ?? (outputTotal === undefined ? undefined : Math.max(0, outputTotal - (reasoning ?? 0)));
  if (inputTotal === undefined && outputTotal === undefined) return undefined;
  return {
    ...(input !== undefined && { input }),
    ...(cachedInput !== undefined && { cachedInput }),
    ...(cacheWrite !== undefined && { cacheWrite }),
    ...(output !== undefined && { output }),
    ...(reasoning !== undefined && { reasoning }),
  };
}

function findLogprobs(metadata: JsonRecord | undefined): readonly TokenLogprob[] {
  for (const vendor of Object.values(metadata ?? {})) {
    const logprobs = asRecord(vendor)?.['logprobs'];
    if (Array.isArray(logprobs)) return fromChatLogprobs({ content: logprobs.flat() });
  }
  return [];
}

function pushText(type: 'text-delta' | 'reasoning-delta', text: unknown, events: ModelEvent[]): void {
  if (typeof text === 'string' && text !== '') events.push({ type, text });
}

/** Signatures and encrypted thinking stand in the metadata of whichever vendor wrote them. */
function pushProof(part: JsonRecord, events: ModelEvent[]): void {
  for (const vendor of Object.values(asRecord(part['providerMetadata']) ?? {})) {
    const signature = asText(asRecord(vendor)?.['signature']);
    const redacted = asText(asRecord(vendor)?.['redactedData']);
    if (signature !== undefined) events.push({ type: 'reasoning-delta', text: '', signature });
    if (redacted !== undefined) events.push({ type: 'reasoning-delta', text: '', redacted });
  }
}

function toWarning(warning: JsonRecord | undefined): string {
  const subject = asText(warning?.['feature']) ?? asText(warning?.['setting']);
  const detail = asText(warning?.['details']) ?? asText(warning?.['message']) ?? 'not supported by the model';
  return subject === undefined ? detail : `${subject}: ${detail}`;
}
