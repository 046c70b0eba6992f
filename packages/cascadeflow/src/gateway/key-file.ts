import { readFile, rename, writeFile } from 'node:fs/promises';
import { CascadeError, InvalidOptionsError } from '@cascadeflow/contract';
import { createKey, type GatewayKey, hashKey } from '@cascadeflow/gateway';
import { z } from 'zod';

const entrySchema = z.strictObject({
  id: z.string().regex(/^[\w.-]{1,64}$/, 'must be 1 to 64 letters, digits, dots, dashes or underscores'),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  models: z.array(z.string()).min(1).optional(),
  budgetKey: z.string().optional(),
  requestsPerMinute: z.number().gt(0).optional(),
  concurrency: z.int().min(1).optional(),
});
const keyFileSchema = z.strictObject({ keys: z.array(entrySchema) });

/** A key as the file holds it: its hash, never itself. */
type StoredKey = z.output<typeof entrySchema>;

/**
 * The keys of a file; none where there is no file.
 * @throws CascadeError when the file is broken: a gateway must not open because its keys cannot be read.
 */
export async function readKeys(file: string): Promise<readonly StoredKey[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw new CascadeError('invalid-data', `${file}: ${(error as Error).message}`, { cause: error });
  }
  try {
    return keyFileSchema.parse(JSON.parse(text)).keys;
  } catch (error) {
    const [issue] = error instanceof z.ZodError ? error.issues : [];
    throw new CascadeError('invalid-data', `${file}: ${issue ? `${issue.path.join('.')}: ${issue.message}` : 'is no JSON'}`, { cause: error });
  }
}

/** Adds a key and gives it back: the only time anybody sees it. */
export async function addKey(file: string, entry: Omit<GatewayKey, 'hash'>): Promise<string> {
  const keys = await readKeys(file);
  if (keys.some(({ id }) => id === entry.id)) throw new InvalidOptionsError('id', `there is a key named ${entry.id} already; revoke it first`);
  const key = createKey();
  const hash = await hashKey(key);
  checkEntry(entry);
  await writeKeys(file, [...keys, { ...entry, hash } as StoredKey]);
  return key;
}

/** @throws InvalidOptionsError naming what is wrong with a key's terms. */
export function checkEntry(entry: Omit<GatewayKey, 'hash'>): void {
  const checked = entrySchema.omit({ hash: true }).safeParse(entry);
  if (!checked.success) throw new InvalidOptionsError(checked.error.issues[0]?.path.join('.') ?? '', checked.error.issues[0]?.message ?? 'is wrong');
}

/** Takes a key away. */
export async function revokeKey(file: string, id: string): Promise<void> {
  const keys = await readKeys(file);
  if (!keys.some((key) => key.id === id)) throw new InvalidOptionsError('id', `there is no key named ${id}`);
  await writeKeys(file, keys.filter((key) => key.id !== id));
}

/** Written beside and moved, so that a reader never sees half a file; readable by its owner alone. */
async function writeKeys(file: string, keys: readonly StoredKey[]): Promise<void> {
  const next = `${file}.${process.pid}.tmp`;
  await writeFile(next, `${JSON.stringify({ keys }, null, 2)}\n`, { mode: 0o600 });
  await rename(next, file);
}
