import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One recorded question without the instructions around it, with its answers. */
export interface RecordedQuestion {
  readonly question: string;
  /** True for the one question in five that no fitting has seen; the same rule as `packages/semantic/model/corpus.py`. */
  readonly heldOut: boolean;
  readonly gold?: string;
  readonly answers: readonly { readonly text: string; readonly correct?: boolean }[];
}

type Row = Record<string, unknown>;

const HELD_OUT_PARTS = 5;

/** Rows of one set; none when the file is missing. */
export function readRows(folder: string, set: string): Row[] {
  const file = join(folder, `${set}.jsonl.gz`);
  if (!existsSync(file)) return [];
  return gunzipSync(readFileSync(file)).toString('utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line) as Row);
}

/** Names of the sets that hold answers in words. */
export function setNames(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz')).map((name) => name.slice(0, -'.jsonl.gz'.length)).sort();
}

/** Whether a question is kept from fitting; decided by its words, so that one question in two sets falls on one side. */
export function isHeldOut(question: string): boolean {
  const words = (question.toLowerCase().match(/[a-z0-9]+/g) ?? []).join(' ').slice(0, 200);
  return Number.parseInt(createHash('sha256').update(words).digest('hex').slice(0, 8), 16) % HELD_OUT_PARTS === 0;
}

/** Questions of one set, each once. */
export function readQuestions(folder: string, set: string): RecordedQuestion[] {
  const seen = new Set<string>();
  return readRows(folder, set).flatMap((row) => {
    const question = questionOf(row);
    if (question === '' || seen.has(question)) return [];
    seen.add(question);
    const gold = goldOf(row, question);
    const answers = Object.values((row['answers'] ?? {}) as Record<string, Row>)
      .filter((answer) => typeof answer['text'] === 'string' && answer['text'] !== '')
      .map((answer) => ({ text: answerText(answer['text'] as string), ...(typeof answer['correct'] === 'boolean' && { correct: answer['correct'] }) }));
    return [{ question, heldOut: isHeldOut(question), ...(gold && { gold }), answers }];
  });
}

/** The gold answer in words; a letter of multiple choice becomes the option's text. */
function goldOf(row: Row, question: string): string | undefined {
  const gold = row['best_answer'] ?? (Array.isArray(row['reference']) ? (row['reference'] as unknown[])[0] : row['reference']);
  if (typeof gold !== 'string' || question === '') return undefined;
  if (!/^[A-J]$/.test(gold)) return squeeze(gold);
  const prompt = textOf(row['prompt']);
  return new RegExp(`^${gold}[.)] (.*)$`, 'm').exec(prompt.split('Options:').at(-1) ?? '')?.[1];
}

function questionOf(row: Row): string {
  const prompt = typeof row['question'] === 'string' && row['question'] !== '' ? row['question'] : textOf(row['prompt']);
  return squeeze(prompt.replace(/^[\s\S]*?\nQuestion: /, '').split(/\n+Options:|\n+A\. |\nAnswer:|\n+Provide the correct/)[0] ?? '');
}

function textOf(prompt: unknown): string {
  if (typeof prompt === 'string') return prompt;
  return Array.isArray(prompt) ? String((prompt[0] as Row | undefined)?.['content'] ?? '') : '';
}

function answerText(text: string): string {
  const reasoning = /"[Rr]easoning"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(text)?.[1];
  return squeeze(reasoning && reasoning.length > 20 ? reasoning.replaceAll('\\n', ' ').replaceAll('\\"', '"') : text);
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
