import { type Embedder, InvalidOptionsError } from '@cascadeflow/contract';
import type { GatewayFile } from './config-schema.ts';
import { loadPackage } from './load-package.ts';

/**
 * The models of `/v1/embeddings` that a configuration names: `local` is the one that ships with `@cascadeflow/semantic`, others are asked of a server.
 * @throws MissingPackageError when that package is not installed, InvalidOptionsError naming the bad field.
 */
export async function openEmbedders(embeddings: GatewayFile['embeddings']): Promise<{ readonly [name: string]: Embedder } | undefined> {
  if (!embeddings) return undefined;
  const { createEmbedder, createHttpEmbedder } = await loadPackage('@cascadeflow/semantic', 'embeddings', () => import('@cascadeflow/semantic'));
  const opened: Record<string, Embedder> = {};
  for (const [name, setup] of Object.entries(embeddings)) {
    try {
      if (setup === 'local') opened[name] = createEmbedder();
      else {
        const { apiKey, model = name, ...rest } = setup;
        opened[name] = createHttpEmbedder({ ...rest, model, ...(apiKey !== undefined && { apiKey }) });
      }
    } catch (error) {
      if (error instanceof InvalidOptionsError) throw new InvalidOptionsError(`embeddings.${name}`, error.message, { cause: error });
      throw error;
    }
  }
  return opened;
}
