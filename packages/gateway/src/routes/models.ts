import { type Reply, toJsonReply } from '../http/respond.ts';
import { chooseFor, type Exchange } from './exchange.ts';

/** `GET /v1/models`: the names this key may use, in a shape that the clients of both vendors read. */
export async function listModels(exchange: Exchange): Promise<Reply> {
  const { key, directory, headers } = exchange;
  const names = directory.names.filter((name) => key?.models?.includes(name) ?? true);
  const data = names.map((name) => describe(exchange, name));
  return toJsonReply({ object: 'list', data, has_more: false, first_id: names[0] ?? null, last_id: names.at(-1) ?? null }, 200, headers);
}

/** `GET /v1/models/NAME`. */
export async function showModel(exchange: Exchange, name: string): Promise<Reply> {
  chooseFor(exchange, name);
  return toJsonReply(describe(exchange, name), 200, exchange.headers);
}

function describe({ directory }: Exchange, name: string): object {
  const { forceModel, models } = directory.choose(name);
  const owner = forceModel === undefined ? 'cascadeflow' : (models[0]?.provider ?? 'cascadeflow');
  return { id: name, object: 'model', type: 'model', display_name: name, created: 0, created_at: new Date(0).toISOString(), owned_by: owner };
}
