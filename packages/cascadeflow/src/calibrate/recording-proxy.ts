import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CascadeError, type ContentPart, type JsonSchema, type Message, type ModelEvent, type ModelRequest, ProviderError, type ResponseFormat, type ToolDefinition, toText, type TraceAnswer } from '@cascadeflow/contract';
import type { RecordedTier } from './record-answers.ts';

/** A proxy's options. */
export interface ProxyOptions {
  readonly port: number;
  /** Answers the application. */
  readonly served: RecordedTier;
  /** Told of each question and its answer once that has been given: the other models are asked then. Must not throw. */
  readonly onAnswered: (request: ModelRequest, answer: GivenAnswer) => void;
}

/** What the served model said, and how long it took. */
export interface GivenAnswer {
  readonly events: readonly ModelEvent[];
  readonly latencyMs: number;
}

/** A running proxy. */
export interface Proxy {
  readonly url: string;
  close(): Promise<void>;
}

/** Largest body that is read, in bytes. */
const maxBody = 32 * 1024 * 1024;

/**
 * Serves OpenAI's chat completions on 127.0.0.1: the application's requests are answered by one model, streamed or not, and told on, so that they
 * can be recorded. Whatever model the application names is answered by the served one.
 */
export async function startProxy({ port, served, onAnswered }: ProxyOptions): Promise<Proxy> {
  const server = createServer((incoming, response) => {
    handle(incoming, response, served, onAnswered).catch((error: unknown) => fail(response, error));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

interface ChatBody extends Record<string, unknown> {
  readonly messages?: readonly WireMessage[];
  readonly stream?: boolean;
  readonly stream_options?: { readonly include_usage?: boolean };
}
interface WireMessage {
  readonly role: string;
  readonly content?: unknown;
  readonly tool_calls?: readonly { readonly id: string; readonly function: { readonly name: string; readonly arguments: string } }[];
  readonly tool_call_id?: string;
}

async function handle(incoming: IncomingMessage, response: ServerResponse, served: RecordedTier, onAnswered: ProxyOptions['onAnswered']): Promise<void> {
  if (incoming.method !== 'POST' || !incoming.url?.endsWith('/chat/completions')) return send(response, 404, { error: { message: `the proxy has no ${incoming.method} ${incoming.url}; it has POST /v1/chat/completions` } });
  const body = await readBody(incoming);
  if (!Array.isArray(body?.messages)) return send(response, 400, { error: { message: 'the body must be JSON with a list of messages' } });
  const request = toRequest(body);
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const heard: ModelEvent[] = [];
  const started = performance.now();
  const events = listen(served.model.stream(request, { signal: gone.signal }), heard);
  const finished = body.stream === true ? await stream(response, served.model.id, events, body.stream_options?.include_usage === true) : await whole(response, served.model.id, events);
  if (finished) onAnswered(request, { events: heard, latencyMs: performance.now() - started });
}

async function* listen(events: AsyncIterable<ModelEvent>, heard: ModelEvent[]): AsyncGenerator<ModelEvent> {
  for await (const event of events) {
    heard.push(event);
    yield event;
  }
}

async function readBody(incoming: IncomingMessage): Promise<ChatBody | undefined> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of incoming) {
    bytes += (piece as Buffer).length;
    if (bytes > maxBody) return undefined;
    pieces.push(piece as Buffer);
  }
  try {
    return JSON.parse(Buffer.concat(pieces).toString('utf8')) as ChatBody;
  } catch {
    return undefined;
  }
}

function toRequest(body: ChatBody): ModelRequest {
  const { messages = [], temperature, top_p: topP, max_tokens: most, max_completion_tokens: maxTokens = most, seed, tools, stop, response_format: format } = body;
  const choice = body['tool_choice'];
  return {
    messages: messages.map(toMessage),
    ...(typeof temperature === 'number' && { temperature }),
    ...(typeof topP === 'number' && { topP }),
    ...(typeof maxTokens === 'number' && { maxTokens }),
    ...(typeof seed === 'number' && { seed }),
    ...(typeof stop === 'string' && { stop: [stop] }),
    ...(Array.isArray(stop) && { stop }),
    ...(isNamed(format) && { responseFormat: toFormat(format) }),
    ...((choice === 'auto' || choice === 'none' || choice === 'required') && { toolChoice: choice }),
    ...(isNamed(choice) && { toolChoice: { name: choice.function?.name ?? '' } }),
    ...(Array.isArray(tools) && { tools: tools.map((tool: { readonly function: ToolDefinition }) => tool.function) }),
  };
}

interface WireNamed {
  readonly type: string;
  readonly function?: { readonly name: string };
  readonly json_schema?: { readonly name?: string; readonly schema?: JsonSchema; readonly strict?: boolean };
}

function isNamed(value: unknown): value is WireNamed {
  return typeof value === 'object' && value !== null && 'type' in value;
}

function toFormat({ type, json_schema: named }: WireNamed): ResponseFormat {
  if (type === 'json_schema' && named?.schema !== undefined) return { type: 'json-schema', schema: named.schema, ...(named.name !== undefined && { name: named.name }) };
  return { type: type === 'json_object' ? 'json' : 'text' };
}

type WirePart = { readonly type: string; readonly text?: string; readonly image_url?: { readonly url: string } };

function toParts(content: unknown): string | readonly ContentPart[] {
  if (!Array.isArray(content)) return typeof content === 'string' ? content : '';
  return (content as readonly WirePart[]).flatMap((part): ContentPart[] => {
    if (part.image_url !== undefined) return [{ type: 'image', url: part.image_url.url }];
    return part.text === undefined ? [] : [{ type: 'text', text: part.text }];
  });
}

function toMessage({ role, content, tool_calls: calls, tool_call_id: toolCallId = '' }: WireMessage): Message {
  const parts = toParts(content);
  const text = toText({ role: 'user', content: parts });
  if (role === 'system' || role === 'developer') return { role: 'system', content: text };
  if (role === 'tool') return { role: 'tool', toolCallId, content: text };
  if (role !== 'assistant') return { role: 'user', content: parts };
  const toolCalls = calls?.map(({ id, function: { name, arguments: written } }) => ({ id, name, arguments: written }));
  return { role: 'assistant', content: text, ...(toolCalls !== undefined && { toolCalls }) };
}

const toWireCall = (call: { readonly id: string; readonly name: string; readonly arguments: string }, index: number) => ({ index, id: call.id, type: 'function', function: { name: call.name, arguments: call.arguments } });
const toFinish = (reason: string) => (reason === 'tool-calls' ? 'tool_calls' : reason === 'content-filter' ? 'content_filter' : reason === 'length' ? 'length' : 'stop');

function toUsage(usage: TraceAnswer['usage'] = {}): object {
  const prompt = (usage.input ?? 0) + (usage.cachedInput ?? 0) + (usage.cacheWrite ?? 0);
  const completion = (usage.output ?? 0) + (usage.reasoning ?? 0);
  return { prompt_tokens: prompt, completion_tokens: completion, total_tokens: prompt + completion };
}

async function whole(response: ServerResponse, model: string, events: AsyncIterable<ModelEvent>): Promise<boolean> {
  let content = '';
  const calls: object[] = [];
  for await (const event of events) {
    if (event.type === 'text-delta') content += event.text;
    if (event.type === 'tool-call') calls.push(toWireCall(event.call, calls.length));
    if (event.type !== 'end') continue;
    const message = { role: 'assistant', content, ...(calls.length > 0 && { tool_calls: calls }) };
    const choice = { index: 0, message, finish_reason: toFinish(event.finishReason.unified) };
    send(response, 200, { id: event.responseId ?? 'chatcmpl-recorded', object: 'chat.completion', created: 0, model, choices: [choice], usage: toUsage(event.usage) });
    return true;
  }
  return false;
}

async function stream(response: ServerResponse, model: string, events: AsyncIterable<ModelEvent>, withUsage: boolean): Promise<boolean> {
  const write = (part: object) => response.write(`data: ${JSON.stringify({ id: 'chatcmpl-recorded', object: 'chat.completion.chunk', created: 0, model, ...part })}\n\n`);
  const delta = (piece: object, finish: string | null = null) => write({ choices: [{ index: 0, delta: piece, finish_reason: finish }] });
  let calls = 0;
  for await (const event of events) {
    if (!response.headersSent) response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' });
    if (event.type === 'text-delta') delta({ content: event.text });
    if (event.type === 'tool-call') delta({ tool_calls: [toWireCall(event.call, calls++)] });
    if (event.type !== 'end') continue;
    delta({}, toFinish(event.finishReason.unified));
    if (withUsage) write({ choices: [], usage: toUsage(event.usage) });
    response.end('data: [DONE]\n\n');
    return true;
  }
  return false;
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text);
}

/** The provider's failure as it came; once text is out, a cut connection is the only honest sign. */
function fail(response: ServerResponse, error: unknown): void {
  if (response.headersSent) return void response.destroy();
  const status = error instanceof ProviderError ? (error.status ?? 502) : 500;
  send(response, status, { error: { message: CascadeError.is(error) ? error.message : 'the proxy failed', type: 'upstream_error' } });
}
