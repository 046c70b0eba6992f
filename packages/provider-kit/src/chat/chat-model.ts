import type { CallOptions, Model, ModelEvent, ModelRequest, ModelSettings } from '@cascadeflow/contract';
import { createProviderError, type ErrorContext, toProviderError, type WireFailure } from '../error/provider-failure.ts';
import { collectTexts } from '../request-texts.ts';
import { Call, type Timeouts } from '../wire/call.ts';
import { asRecord } from '../wire/json.ts';
import { createSseReader } from '../wire/sse.ts';
import { streamRecords } from '../wire/stream-records.ts';
import { ChatTranslator } from './chat-translator.ts';
import { type ChatQuirks, toCapabilities } from './quirks.ts';
import { dropRefused, findRefusedField, learnRefusal, type RefusedFields } from './rejected-parameter.ts';
import { toChatBody } from './to-chat-body.ts';

/** Carries a body to the vendor. Resolves to the response, whatever its status, or to the failure a client made of it; rejects when there was none. */
export type Transport = (body: object, signal: AbortSignal) => Promise<Response | WireFailure>;

/** What a model that speaks Chat Completions is made of. */
export interface ChatModelParts {
  readonly provider: string;
  readonly model: string;
  readonly quirks: ChatQuirks;
  readonly transport: Transport;
  readonly timeouts: Timeouts;
  /** Keys that errors must not repeat. */
  readonly keys: readonly string[];
  readonly keyHint?: string | undefined;
  /** What was learned about this model; shared by all models of that name. */
  readonly refused: RefusedFields;
  readonly settings?: ModelSettings | undefined;
  /** Reads what the vendor says a call cost, in USD. */
  readonly readCost?: ((headers: Headers) => number | undefined) | undefined;
}

/** Most fields that are dropped on the way to one answer. */
const mostDrops = 4;

/** Builds a model that speaks OpenAI's Chat Completions. */
export function createChatModel(parts: ChatModelParts): Model {
  return {
    contract: 'v1',
    provider: parts.provider,
    id: parts.model,
    capabilities: toCapabilities(parts.quirks, parts.settings?.capabilities),
    stream: (request, options) => streamChat(parts, request, options),
    generate: (request, options) => generateChat(parts, request, options),
  };
}

async function* streamChat(parts: ChatModelParts, request: ModelRequest, options: CallOptions | undefined): AsyncGenerator<ModelEvent, void, undefined> {
  const context = toContext(parts, request);
  const call = new Call(options?.signal, parts.timeouts, context);
  try {
    const { response, warnings } = await send(parts, request, true, call, context);
    call.begin(parts.timeouts.idleTimeoutMs);
    const translator = new ChatTranslator({ context, quirks: parts.quirks, warnings, reportedCost: parts.readCost?.(response.headers) });
    if (response.headers.get('content-type')?.startsWith('application/json')) {
      yield* readWhole(await response.text(), translator, call, context);
    } else if (response.body) {
      yield* streamRecords(response.body, createSseReader(), translator, call, context);
    } else throw createProviderError('cut', context);
  } catch (error) {
    throw call.toThrown(error);
  } finally {
    call.close();
  }
}

async function generateChat(parts: ChatModelParts, request: ModelRequest, options: CallOptions | undefined): Promise<readonly ModelEvent[]> {
  const context = toContext(parts, request);
  const call = new Call(options?.signal, parts.timeouts, context);
  try {
    const { response, warnings } = await send(parts, request, false, call, context);
    call.started = true;
    const translator = new ChatTranslator({ context, quirks: parts.quirks, warnings, reportedCost: parts.readCost?.(response.headers) });
    return readWhole(await response.text(), translator, call, context);
  } catch (error) {
    throw call.toThrown(error);
  } finally {
    call.close();
  }
}

function readWhole(text: string, translator: ChatTranslator, call: Call, context: ErrorContext): readonly ModelEvent[] {
  call.touch();
  const events: ModelEvent[] = [];
  let answer: ReturnType<typeof asRecord>;
  try {
    answer = asRecord(JSON.parse(text));
  } catch {
    throw createProviderError('malformed', context, { detail: 'the answer is not JSON' });
  }
  if (!answer) throw createProviderError('malformed', context, { detail: 'the answer is not a JSON object' });
  translator.pushAnswer(answer, events);
  if (!Array.isArray(answer['choices']) || answer['choices'].length === 0) {
    throw createProviderError('malformed', context, { detail: 'the answer has no choices' });
  }
  call.finish();
  events.push(...translator.close());
  return events;
}

/** Sends the request; a field the server refuses by name is dropped, remembered and reported. */
async function send(
  parts: ChatModelParts,
  request: ModelRequest,
  stream: boolean,
  call: Call,
  context: ErrorContext,
): Promise<{ response: Response; warnings: readonly string[] }> {
  for (let drops = 0; ; drops++) {
    const { body, warnings } = toChatBody(parts.model, request, parts.quirks, stream);
    const told = [...warnings];
    if (parts.refused.size > 0) dropRefused(body, parts.refused, request.extra, told);
    const response = await parts.transport(body, call.signal);
    if (response instanceof Response && response.ok) return { response, warnings: told };
    const failure = response instanceof Response ? await readFailure(response) : response;
    const field = drops < mostDrops ? findRefusedField(failure.status, failure.body, body) : undefined;
    if (field === undefined || (request.extra && field in request.extra)) throw toProviderError(failure, context);
    learnRefusal(field, parts.refused);
  }
}

/** Reads a failed response: parsed when it is JSON, else as text. */
export async function readFailure(response: Response): Promise<WireFailure> {
  const text = await response.text();
  let body: unknown = text;
  try {
    body = JSON.parse(text);
  } catch {
    // An answer of a proxy, in HTML or plain words.
  }
  return { status: response.status, headers: response.headers, body };
}

function toContext(parts: ChatModelParts, request: ModelRequest): ErrorContext {
  return {
    provider: parts.provider,
    model: parts.model,
    keyHint: parts.keyHint,
    secrets: {
      keys: parts.keys,
      get texts() {
        return collectTexts(request);
      },
    },
  };
}

