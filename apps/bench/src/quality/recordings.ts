import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { Draft, Message, ModelInfo, ModelRequest } from '@cascadeflow/contract';

/** A recorded answer of one model. */
export interface RecordedAnswer {
  readonly text: string;
  /** 0 to 1. */
  readonly good: number;
  readonly tokensIn?: number;
  readonly tokensOut?: number;
  /** Probability of the answer token, where it was recorded. */
  readonly answerProbability?: number;
}

/** One recorded question with the answers of several models. */
export interface Question {
  readonly set: string;
  readonly id: string;
  readonly request: ModelRequest;
  readonly promptText: string;
  readonly answers: ReadonlyMap<string, RecordedAnswer>;
}

interface RawAnswer {
  readonly text?: string | null;
  readonly correct?: boolean | null;
  readonly correct_recomputed?: boolean;
  readonly score?: number | null;
  readonly tokens_in?: number;
  readonly tokens_out?: number;
  readonly answer_token_prob?: number | null;
}

interface RawRow {
  readonly id: string;
  readonly prompt: string | readonly Message[];
  readonly answers: { readonly [model: string]: RawAnswer };
}

/** Reads one set, in an order that is random but always the same. Labels are those the recordings were published with, as an outside check would use them. */
export function loadSet(folder: string, set: string, labels: 'published' | 'recomputed' = 'published'): Question[] {
  const file = [`${set}.jsonl.gz`, `${set}.jsonl`].map((name) => join(folder, name)).find(existsSync);
  if (!file) throw new Error(`${set} is not in ${folder}`);
  const raw = readFileSync(file);
  const rows = (file.endsWith('.gz') ? gunzipSync(raw) : raw).toString('utf8').split('\n').filter(Boolean);
  const questions = rows.map((row) => toQuestion(set, JSON.parse(row) as RawRow, labels));
  return questions.sort((a, b) => shuffled(a.id) - shuffled(b.id));
}

function shuffled(id: string): number {
  return createHash('sha256').update(`order${id}`).digest().readUInt32BE(0);
}

function toQuestion(set: string, row: RawRow, labels: 'published' | 'recomputed'): Question {
  const promptText = typeof row.prompt === 'string' ? row.prompt : textOf(row.prompt);
  const answers = new Map<string, RecordedAnswer>();
  for (const [model, answer] of Object.entries(row.answers)) {
    const correct = labels === 'recomputed' ? (answer.correct_recomputed ?? answer.correct) : answer.correct;
    const good = correct != null ? Number(correct) : answer.score;
    if (answer.text == null || good == null) continue;
    answers.set(model, {
      text: answer.text,
      good,
      ...(answer.tokens_in !== undefined && { tokensIn: answer.tokens_in }),
      ...(answer.tokens_out !== undefined && { tokensOut: answer.tokens_out }),
      ...(typeof answer.answer_token_prob === 'number' && { answerProbability: answer.answer_token_prob }),
    });
  }
  return { set, id: row.id, promptText, request: { messages: [{ role: 'user', content: promptText }] }, answers };
}

function textOf(prompt: readonly Message[]): string {
  const last = prompt.filter((message) => message.role === 'user').at(-1);
  return typeof last?.content === 'string' ? last.content : '';
}

/** A recorded answer as a draft. */
export function toDraft(model: string, answer: RecordedAnswer, tier = 0): Draft {
  return { provider: 'recorded', model, tier, content: answer.text, toolCalls: [], finishReason: { unified: 'stop' }, complete: true };
}

/** Facts about a recorded model. */
export function toModelInfo(name: string, tier = 0): ModelInfo {
  const price = prices[name.trim()];
  return { name, provider: 'recorded', tier, capabilities: {}, ...(price && { price: { input: price[0], output: price[1] } }) };
}

/** USD per 1M tokens, input and output: list prices of the recordings' time. */
export const prices: { readonly [model: string]: readonly [number, number] } = {
  'gpt-4o-mini-2024-07-18': [0.15, 0.6], 'gpt-4o-mini': [0.15, 0.6], 'gpt-3.5-turbo-0125': [0.5, 1.5], 'gpt-3.5-turbo-1106': [1, 2], 'gpt-3.5-turbo': [0.5, 1.5],
  'gpt-4o-2024-05-13': [5, 15], 'gpt-4o-2024-08-06': [2.5, 10], 'gpt-4o': [2.5, 10], 'gpt-4-1106-preview': [10, 30], 'gpt4_1106_preview': [10, 30],
  'gpt-4-turbo-2024-04-09': [10, 30], 'gpt-4-0314': [30, 60], 'claude-3-haiku-20240307': [0.25, 1.25], 'claude-3-5-haiku-20241022': [0.8, 4],
  'claude-3-5-sonnet-20240620': [3, 15], 'claude-3-5-sonnet-20241022': [3, 15], 'claude-3-7-sonnet-20250219': [3, 15], 'claude-sonnet-4-20250514': [3, 15],
  'claude-3-opus-20240229': [15, 75], 'claude-2.1': [8, 24], 'claude-2': [8, 24], 'claude-1': [8, 24], 'claude-instant-1': [0.8, 2.4],
  'gemini-1.5-flash': [0.35, 1.05], 'gemini-1.5-flash-002': [0.075, 0.3], 'gemini-1.5-pro': [3.5, 10.5], 'gemini-1.5-pro-002': [1.25, 5],
  'gemini-2.0-flash-001': [0.1, 0.4], 'gemini-2.5-flash': [0.3, 2.5], 'gemini-2.5-pro': [1.25, 10], 'llama-3.1-8b-instruct': [0.22, 0.22],
  'Meta-Llama-3.1-8B-Instruct': [0.22, 0.22], 'llama-3.1-70b-instruct': [0.88, 0.88], 'Meta-Llama-3.1-70B-Instruct': [0.88, 0.88],
  'mixtral-8x7b-instruct-v0.1': [0.6, 0.6], 'Mixtral-8x7B-Instruct-v0.1': [0.6, 0.6], 'Mistral-7B-Instruct-v0.1': [0.2, 0.2], 'Llama-2-70b-chat': [0.88, 0.88],
  'deepseek-chat-v2': [0.14, 0.28], 'deepseek-coder-v2': [0.14, 0.28], 'deepseek-v2.5-0908': [0.14, 0.28], 'deepseek-v3': [0.25, 0.88], 'deepseek-r1': [0.5, 2.15],
  'o1-mini-2024-09-12': [3, 12], 'o1-preview-2024-09-12': [15, 60], 'o3-2025-04-16': [2, 8], 'jamba-1.5-large': [2, 8], 'Qwen2.5-7B-Instruct': [0.3, 0.3],
};

/** USD of one recorded call: recorded tokens, or four characters to a token. */
export function costOf(question: Question, model: string): number {
  const answer = question.answers.get(model);
  const [input, output] = prices[model.trim()] ?? [Number.NaN, Number.NaN];
  const sent = JSON.stringify([{ role: 'user', content: question.promptText }]);
  return ((answer?.tokensIn ?? tokens(sent)) * input + (answer?.tokensOut ?? tokens(answer?.text ?? '')) * output) / 1e6;
}

function tokens(text: string): number {
  return Math.max(1, Math.ceil(text.length / 4));
}
