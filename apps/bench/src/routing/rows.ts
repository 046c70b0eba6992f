import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A recorded answer with whatever label its set has. */
export interface RecordedAnswer {
  readonly text?: string;
  readonly correct?: boolean;
  readonly correct_recomputed?: boolean;
  readonly score?: number;
}

/** One question of a recorded set; only the fields that the routing scripts read. */
export interface Row {
  readonly id: string;
  readonly prompt: string | readonly { readonly role: string; readonly content: string }[];
  readonly question?: string;
  readonly domain?: string | null;
  readonly label_origin?: string;
  readonly intent?: string;
  readonly category?: string;
  readonly difficulty_level?: number;
  readonly type?: string;
  readonly tools?: readonly { readonly name: string; readonly description?: string; readonly parameters: { readonly [key: string]: unknown } }[];
  readonly reference?: unknown;
  readonly answers?: { readonly [model: string]: RecordedAnswer };
}

/** Reads a set of the data folder, gzipped or plain. */
export function readRows(folder: string, name: string): Row[] {
  const file = [`${name}.jsonl.gz`, `${name}.jsonl`].map((entry) => join(folder, entry)).find(existsSync);
  if (!file) throw new Error(`${join(folder, name)}.jsonl.gz is not there; give the folder with --data`);
  const raw = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** What the user asked: the last user message. */
export function promptOf(row: Row): string {
  if (typeof row.prompt === 'string') return row.prompt;
  return row.prompt.filter((message) => message.role === 'user').at(-1)?.content ?? '';
}

/** Numbers from 0 to 1 that are the same in every run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

/** A hash that splits rows into folds the same way in every run. */
export function foldOf(key: string, folds: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) % folds;
}
