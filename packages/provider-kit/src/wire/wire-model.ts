import type { CallOptions, Capabilities, Model, ModelEvent, ModelRequest } from '@cascadeflow/contract';
import { createProviderError, type ErrorContext, toProviderError, type WireFailure } from '../error/provider-failure.ts';
import { collectTexts } from '../request-texts.ts';
import { Call, type Timeouts } from './call.ts';
import { type EventSource, EventStream } from './event-stream.ts';
import { asRecord, type JsonRecord } from './json.ts';
import { dropRefused, findRefusedField, learnRefusal, type RefusalRules, type RefusedFields } from './refused-field.ts';
import type { RecordReader } from './record-reader.ts';
import { RecordStream, type RecordTranslator } from './stream-records.ts';
import type { WireHeaders, WireResponse } from './wire-response.ts';

/** Carries a body to the vendor. Resolves to the response, whatever its status, or to the failure a client made of it; rejects when there was none. */
export type Transport = (body: object, signal: AbortSignal) => Promise<WireResponse | WireFailure>;

/** A request as it goes over the wire, and what was dropped or changed on the way. */
export interface WireBody {
  readonly body: Record<string, unknown>;
  readonly warnings: readonly string[];
}

/** What a translator is told about the answer it reads. */
export interface AnswerFacts {
  readonly context: ErrorContext;
  readonly request: ModelRequest;
  readonly body: JsonRecord;
  readonly headers: WireHeaders;
  readonly warnings: readonly string[];
}

/** Reads an answer in records or whole. */
export interface AnswerTranslator extends RecordTranslator {
  /** Reads a whole answer. Throws `ProviderError` when it is an error; gives back what is missing when it is no answer. */
  pushWhole(answer: JsonRecord, events: ModelEvent[]): string | undefined;
}

/** A vendor's wire: how a request is written and an answer read. */
export interface Wire {
  toBody(request: ModelRequest, stream: boolean): WireBody;
  createReader(): RecordReader;
  createTranslator(facts: AnswerFacts): AnswerTranslator;
  /** Fields that a server may refuse by name. */
  readonly refusals: RefusalRules;
}

/** What a model over HTTP is made of. */
export interface WireModelParts {
  readonly provider: string;
  readonly model: string;
  readonly capabilities: Capabilities;
  readonly wire: Wire;
  readonly transport: Transport;
  readonly timeouts: Timeouts;
  /** Keys that errors must not repeat. */
  readonly keys: readonly string[];
  /** What to do about a refused key. */
  readonly keyHint?: string | undefined;
  /** What was learned about this model; shared by all models of that name. */
  readonly refused: RefusedFields;
}

/** Most fields that are dropped on the way to one answer. */
const mostDrops = 4;

/** Builds a model from a wire and a transport: cancellation, time-outs, errors and refused fields are taken care of. */
export function createWireModel(parts: WireModelParts): Model {
  return {
    contract: 'v1',
    provider: parts.provider,
    id: parts.model,
    capabilities: parts.capabilities,
    stream: (request, options) => new EventStream(() => openStream(parts, request, options)),
    generate: (request, options) => generate(parts, request, options),
  };
}

function openStream(parts: WireModelParts, request: ModelRequest, options: CallOptions | undefined): EventSource {
  const context = toContext(parts, request);
  const call = new Call(options?.signal, parts.timeouts, context);
  let records: RecordStream | undefined;
  let isWhole = false;
  return {
    async read() {
      if (isWhole || records?.done) return undefined;
      if (records) return records.read();
      const { response, facts } = await send(parts, request, true, call, context);
      call.begin(parts.timeouts.idleTimeoutMs);
      const translator = parts.wire.createTranslator(facts);
      const reader = parts.wire.createReader();
      if (!response.body) throw createProviderError('cut', context);
      if (reader.isJson !== true && response.headers.get('content-type')?.startsWith('application/json')) {
        const events = readWhole(await response.text(), translator, call, context);
        isWhole = true;
        return events;
      }
      records = new RecordStream(response.body, reader, translator, call, context);
      return records.read();
    },
    toThrown: (error) => call.toThrown(error),
    close: () => call.close(),
  };
}

async function generate(parts: WireModelParts, request: ModelRequest, options: CallOptions | undefined): Promise<readonly ModelEvent[]> {
  const context = toContext(parts, request);
  const call = new Call(options?.signal, parts.timeouts, context);
  try {
    const { response, facts } = await send(parts, request, false, call, context);
    call.started = true;
    return readWhole(await response.text(), parts.wire.createTranslator(facts), call, context);
  } catch (error) {
    throw call.toThrown(error);
  } finally {
    call.close();
  }
}

function readWhole(text: string, translator: AnswerTranslator, call: Call, context: ErrorContext): readonly ModelEvent[] {
  call.touch();
  let answer: JsonRecord | undefined;
  try {
    answer = asRecord(JSON.parse(text));
  } catch {
    throw createProviderError('malformed', context, { detail: 'the answer is not JSON' });
  }
  const events: ModelEvent[] = [];
  const missing = answer ? translator.pushWhole(answer, events) : 'the answer is not a JSON object';
  if (missing !== undefined) throw createProviderError('malformed', context, { detail: missing });
  call.finish();
  events.push(...translator.close());
  return events;
}

/** Sends the request; a field the server refuses by name is dropped, remembered and reported. */
async function send(
  parts: WireModelParts,
  request: ModelRequest,
  isStream: boolean,
  call: Call,
  context: ErrorContext,
): Promise<{ response: WireResponse; facts: AnswerFacts }> {
  const { refused, wire } = parts;
  for (let drops = 0; ; drops++) {
    const { body, warnings } = wire.toBody(request, isStream);
    const dropped = refused.size > 0 ? dropRefused(body, refused, request.extra) : [];
    const response = await parts.transport(body, call.signal);
    const isAnswer = 'ok' in response;
    if (isAnswer && response.ok) {
      return { response, facts: { context, request, body, headers: response.headers, warnings: dropped.length > 0 ? [...warnings, ...dropped] : warnings } };
    }
    const failure = isAnswer ? await readFailure(response) : response;
    const field = drops < mostDrops ? findRefusedField(failure, body, wire.refusals) : undefined;
    if (field === undefined || (request.extra && field in request.extra)) throw toProviderError(failure, context);
    learnRefusal(field, refused, wire.refusals);
  }
}

/** Reads a failed response: parsed when it is JSON, else as text. */
export async function readFailure(response: WireResponse): Promise<WireFailure> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // An answer of a proxy, in HTML or plain words.
  }
  return { status: response.status, headers: response.headers, body };
}

function toContext(parts: WireModelParts, request: ModelRequest): ErrorContext {
  return {
    provider: parts.provider,
    model: parts.model,
    keyHint: parts.keyHint,
    secrets: { keys: parts.keys, texts: () => collectTexts(request) },
  };
}
