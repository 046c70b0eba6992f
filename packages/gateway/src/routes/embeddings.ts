import { z } from 'zod';
import { GatewayError } from '../errors/gateway-error.ts';
import { readBody } from '../http/read-body.ts';
import { type Reply, toJsonReply } from '../http/respond.ts';
import { toWarningHeader } from '../decision.ts';
import { parseWire, unknownFields } from '../wire/parse.ts';
import type { Exchange } from './exchange.ts';

/** Most texts of one request: OpenAI's own limit. */
const mostTexts = 2048;

const embeddingsSchema = z.looseObject({
  model: z.string().min(1).max(256),
  input: z.union([z.string().min(1), z.array(z.string('only texts are embedded, no token ids').min(1)).min(1).max(mostTexts)]),
  encoding_format: z.enum(['float', 'base64']).optional(),
  dimensions: z.int().min(1).optional(),
  user: z.string().optional(),
});

/** `POST /v1/embeddings`: the embedders of the configuration, local or of a server. */
export async function answerEmbeddings(exchange: Exchange): Promise<Reply> {
  const { embedders, key, estimateTokens, headers, signal } = exchange;
  const body = parseWire(embeddingsSchema, await readBody(exchange.request, exchange.limits));
  const { model, dimensions } = body;
  const embedder = Object.hasOwn(embedders, model) ? embedders[model] : undefined;
  if (!embedder) {
    const known = Object.keys(embedders);
    throw new GatewayError('not-found', known.length === 0 ? 'this gateway has no embedding models' : `The embedding model ${JSON.stringify(model.slice(0, 100))} does not exist; there are ${known.join(', ')}`, { param: 'model', code: 'model_not_found' });
  }
  if (key?.models && !key.models.includes(model)) throw new GatewayError('permission', `this key may not use the model ${JSON.stringify(model)}; it may use ${key.models.join(', ')}`, { param: 'model', code: 'model_not_allowed' });
  if (dimensions !== undefined && dimensions !== embedder.dimensions) throw new GatewayError('invalid-request', `dimensions: ${model} gives ${embedder.dimensions}`, { param: 'dimensions' });
  const texts = typeof body.input === 'string' ? [body.input] : body.input;
  const vectors = await embedder.embed(texts, { signal });
  const tokens = texts.reduce((sum, text) => sum + estimateTokens(text), 0);
  const data = vectors.map((vector, index) => ({ object: 'embedding', index, embedding: body.encoding_format === 'base64' ? toBase64(vector) : [...vector] }));
  const warnings = unknownFields(body, embeddingsSchema).map((field) => `${field} is not passed on`);
  return toJsonReply({ object: 'list', data, model, usage: { prompt_tokens: tokens, total_tokens: tokens } }, 200, { ...headers, ...toWarningHeader(warnings) });
}

/** Little-endian float32, as OpenAI's clients read it. */
function toBase64(vector: Float32Array): string {
  const view = new DataView(new ArrayBuffer(vector.length * Float32Array.BYTES_PER_ELEMENT));
  vector.forEach((value, index) => view.setFloat32(index * Float32Array.BYTES_PER_ELEMENT, value, true));
  let binary = '';
  for (const byte of new Uint8Array(view.buffer)) binary += String.fromCharCode(byte);
  return btoa(binary);
}
