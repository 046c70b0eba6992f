import { InvalidOptionsError } from '@cascadeflow/contract';

/** A connected client of node-redis (the packages `redis` and `@redis/client`): one method of it is used. */
export interface NodeRedisClient {
  sendCommand(parts: string[]): Promise<unknown>;
}

/** A client of ioredis: one method of it is used. */
export interface IoRedisClient {
  call(command: string, parts: string[]): Promise<unknown>;
}

/** A client of either library. It stays the caller's: nothing here connects or closes it. */
export type RedisClient = NodeRedisClient | IoRedisClient;

/** Sends one command. */
export type Send = (command: string, ...parts: string[]) => Promise<unknown>;

/** One way to send commands, whichever library the client is of. */
export function senderOf(client: RedisClient): Send {
  // Both libraries have a sendCommand, but ioredis means something else by it.
  if (typeof (client as Partial<IoRedisClient> | undefined)?.call === 'function') return (command, ...parts) => (client as IoRedisClient).call(command, parts);
  if (typeof (client as Partial<NodeRedisClient> | undefined)?.sendCommand === 'function') return (command, ...parts) => (client as NodeRedisClient).sendCommand([command, ...parts]);
  throw new InvalidOptionsError('client', 'expected a client of redis (createClient) or of ioredis (new Redis)');
}

/** A Lua script as a function, sent by its hash and in full only where the server does not know it. */
export function scriptOf(send: Send, source: string): (keys: readonly string[], args: readonly string[]) => Promise<unknown> {
  let hash: Promise<string> | undefined;
  return async (keys, args) => {
    hash ??= sha1(source);
    const rest = [String(keys.length), ...keys, ...args];
    try {
      return await send('EVALSHA', await hash, ...rest);
    } catch (error) {
      if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw error;
      return send('EVAL', source, ...rest);
    }
  };
}

async function sha1(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
