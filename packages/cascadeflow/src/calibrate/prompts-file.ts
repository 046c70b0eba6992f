import { createReadStream } from 'node:fs';
import { readLines } from '@cascadeflow/calibration';
import type { Message, ModelRequest } from '@cascadeflow/contract';
import { UsageError } from '../command-line/usage-error.ts';

/** One question to record. */
export interface RecordedPrompt {
  readonly request: ModelRequest;
  /** The right answer, where it is known. */
  readonly gold?: string;
}

/**
 * Reads questions from a file: in a `.jsonl` file each line is `{"prompt": "…"}` or `{"messages": [...]}`, with the right answer as `gold` where
 * it is known; in any other file each line is a prompt.
 *
 * @throws UsageError naming file and line.
 */
export async function* readPrompts(file: string): AsyncGenerator<RecordedPrompt> {
  const isJson = /\.jsonl?$/u.test(file);
  try {
    for await (const { number, text = '' } of readLines(createReadStream(file))) {
      if (text.trim() === '') continue;
      yield isJson ? parsePrompt(text, `${file}:${number}`) : { request: { messages: [{ role: 'user', content: text.trim() }] } };
    }
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw new UsageError(`cannot read ${file}: ${error.message}`);
    throw error;
  }
}

function parsePrompt(text: string, where: string): RecordedPrompt {
  let line: { readonly prompt?: unknown; readonly messages?: unknown; readonly gold?: unknown };
  try {
    line = JSON.parse(text) as typeof line;
  } catch {
    throw new UsageError(`${where}: is not JSON`);
  }
  const { prompt, messages, gold } = line;
  const asked = Array.isArray(messages) ? (messages as readonly Message[]) : typeof prompt === 'string' ? [{ role: 'user' as const, content: prompt }] : undefined;
  if (asked === undefined || asked.length === 0) throw new UsageError(`${where}: needs a "prompt" or a list of "messages"`);
  if (gold !== undefined && typeof gold !== 'string' && typeof gold !== 'number') throw new UsageError(`${where}: "gold" must be a text or a number`);
  return { request: { messages: asked }, ...(gold !== undefined && { gold: String(gold) }) };
}
