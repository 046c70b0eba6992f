import type { Connection } from '../options.ts';

/** Everything in a connection that no error may repeat: the key, the values of the user's headers, and credentials in the address. */
export function connectionSecrets({ apiKey, headers, baseURL }: Pick<Connection, 'apiKey' | 'headers' | 'baseURL'>): string[] {
  return [apiKey ?? '', ...Object.values(headers), ...addressSecrets(baseURL)].filter((secret) => secret !== '');
}

function addressSecrets(address: string): string[] {
  if (!URL.canParse(address)) return [];
  const { username, password, searchParams } = new URL(address);
  return [username, password, ...searchParams.values()];
}
