import { GatewayError } from './errors/gateway-error.ts';
import { answerChat } from './routes/chat-completions.ts';
import { answerEmbeddings } from './routes/embeddings.ts';
import type { Route } from './routes/exchange.ts';
import { answerMessages, countTokens } from './routes/messages.ts';
import { listModels, showModel } from './routes/models.ts';
import { answerResponses } from './routes/responses.ts';

/** Every path, with what answers each method. To add one: a file in `routes`, and a line here. */
const routes: { readonly [path: string]: { readonly [method: string]: Route } } = {
  '/v1/chat/completions': { POST: answerChat },
  '/v1/embeddings': { POST: answerEmbeddings },
  '/v1/responses': { POST: answerResponses },
  '/v1/messages': { POST: answerMessages },
  '/v1/messages/count_tokens': { POST: countTokens },
  '/v1/models': { GET: listModels },
};

const oneModel = '/v1/models/';

/**
 * What answers a request.
 * @throws GatewayError 404 or 405.
 */
export function findRoute(method: string, path: string): Route {
  const methods = path.startsWith(oneModel) ? { GET: (exchange: Parameters<Route>[0]) => showModel(exchange, readName(path)) } : routes[path];
  if (!methods) throw new GatewayError('not-found', `there is no ${path.slice(0, 200)} here; there are ${Object.keys(routes).join(', ')}`, { code: 'unknown_url' });
  const route = Object.hasOwn(methods, method) ? (methods as { readonly [name: string]: Route })[method] : undefined;
  if (!route) throw new GatewayError('invalid-request', `${path} takes ${Object.keys(methods).join(', ')}, not ${method}`, { status: 405, code: 'method_not_allowed' });
  return route;
}

function readName(path: string): string {
  try {
    return decodeURIComponent(path.slice(oneModel.length));
  } catch {
    throw new GatewayError('invalid-request', 'the name of the model is not well encoded', { param: 'model' });
  }
}
