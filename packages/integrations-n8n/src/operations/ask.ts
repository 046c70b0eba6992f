import { InvalidOptionsError, type Message } from '@cascadeflow/contract';
import { CascadeAgent, type RunOptions } from '@cascadeflow/core';
import { type IDataObject, type IExecuteFunctions, NodeApiError } from 'n8n-workflow';
import { toDecision } from '../chat-model/decision.ts';
import { openEndpoint } from './endpoint.ts';
import { type ReadField, readMessages, readSchema, readTarget, readText } from './fields.ts';

/** The credential of a gateway, by which n8n adds the key to a request itself. */
export const gatewayCredential = 'cascadeFlowApi';

/** Answers one item. The fields are the answer, its parsed form where a schema was given, and the decision. */
export async function ask(context: IExecuteFunctions, itemIndex: number, read: ReadField): Promise<IDataObject> {
  const options = read('options', {}) as { readonly system?: string; readonly temperature?: number; readonly maxTokens?: number; readonly schema?: unknown };
  const messages = readMessages(read);
  const { system, temperature, maxTokens } = options;
  const asked: Message[] = system ? [{ role: 'system', content: system }, ...messages] : messages;
  const schema = readSchema(options.schema);
  const settings: RunOptions = {
    quality: readTarget(read),
    ...(temperature !== undefined && { temperature }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(schema && { responseFormat: { type: 'json-schema', name: 'answer', schema } }),
  };
  return read('connection', 'gateway') === 'gateway' ? askGateway(context, itemIndex, read, asked, settings) : askEndpoint(context, itemIndex, read, asked, settings);
}

async function askEndpoint(context: IExecuteFunctions, itemIndex: number, read: ReadField, messages: readonly Message[], settings: RunOptions): Promise<IDataObject> {
  const provider = await openEndpoint(context, itemIndex);
  const names = [readText(read, 'drafter', 'Drafter'), readText(read, 'verifier', 'Verifier')] as const;
  if (names[0] === names[1]) throw new InvalidOptionsError('Verifier', `is the same model as the drafter (${names[0]}); a cascade needs two`);
  const agent = new CascadeAgent({ models: names.map((name) => ({ name, provider })), order: 'given' });
  const signal = context.getExecutionCancelSignal?.();
  const result = await agent.run(messages, { ...settings, ...(signal && { signal }) });
  return { answer: result.content, ...(result.object !== undefined && { data: result.object }), ...toDecision(result) };
}

interface GatewayAnswer {
  readonly choices?: readonly { readonly message?: { readonly content?: string | null } }[];
  readonly error?: { readonly message?: string };
  readonly cascade?: { readonly [field: string]: unknown };
}

async function askGateway(context: IExecuteFunctions, itemIndex: number, read: ReadField, messages: readonly Message[], settings: RunOptions): Promise<IDataObject> {
  const credentials = await context.getCredentials(gatewayCredential, itemIndex);
  const { quality, temperature, maxTokens, responseFormat } = settings;
  const level = typeof quality === 'object' && 'minProbability' in quality ? String(quality.minProbability) : String(quality);
  const schema = responseFormat && 'type' in responseFormat && responseFormat.type === 'json-schema' ? responseFormat.schema : undefined;
  const response = (await context.helpers.httpRequestWithAuthentication.call(context, gatewayCredential, {
    method: 'POST',
    url: `${String(credentials['url']).replace(/\/+$/, '')}/v1/chat/completions`,
    headers: { 'x-cascade-quality': level, 'x-cascade-details': 'true' },
    body: {
      model: readText(read, 'cascade', 'Cascade'),
      messages,
      ...(temperature !== undefined && { temperature }),
      ...(maxTokens !== undefined && { max_tokens: maxTokens }),
      ...(schema && { response_format: { type: 'json_schema', json_schema: { name: 'answer', schema } } }),
    },
    json: true,
    returnFullResponse: true,
    ignoreHttpStatusErrors: true,
    abortSignal: context.getExecutionCancelSignal?.(),
  })) as { readonly statusCode: number; readonly body: GatewayAnswer };
  const { statusCode, body } = response;
  if (statusCode >= 400) {
    throw new NodeApiError(context.getNode(), { message: body.error?.message ?? 'The gateway refused the request', error: body }, { itemIndex, httpCode: String(statusCode), message: body.error?.message ?? `The gateway answered ${statusCode}` });
  }
  const answer = body.choices?.[0]?.message?.content ?? '';
  const { model, accepted, run_id: _run, ...told } = body.cascade ?? {};
  return { answer, ...(schema && { data: tryParse(answer) }), ...(model !== undefined && { modelUsed: model }), ...(accepted !== undefined && { draftAccepted: accepted }), ...told };
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
