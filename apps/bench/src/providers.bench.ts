/** What an adapter costs beside the raw SDK, or beside plain fetch, per call and per streamed chunk. */
import Anthropic from '@anthropic-ai/sdk';
import type { Model } from '@cascadeflow/contract';
import { anthropic } from '@cascadeflow/providers-anthropic';
import { groq } from '@cascadeflow/providers-groq';
import { litellm } from '@cascadeflow/providers-litellm';
import { ollama } from '@cascadeflow/providers-ollama';
import { openai } from '@cascadeflow/providers-openai';
import { anthropicDialect, ollamaDialect, openaiDialect, startStub, type StubReply } from '@cascadeflow/testing';
import ky from 'ky';
import OpenAI from 'openai';
import type { BenchContext, BenchOptions } from './bench.ts';
import { fetchEvents, fetchJson, fetchLines } from './providers/plain-fetch.ts';
import { type Task, timePair } from './timing.ts';

export const options: BenchOptions = { runs: { type: 'string', default: '2000' } };

const messages = [{ role: 'user' as const, content: 'What is the capital of Australia?' }];
const answer = 'The capital of Australia is Canberra.';
/** Chunks of the long streams. Many, so that the cost of a call does not show in the cost of a chunk. */
const chunks = 1000;
const longAnswer = Array.from({ length: chunks }, (_, index) => `word${index}`).join(' ');
const longStreams = 20;

interface Contender {
  readonly name: string;
  readonly model: Model;
  /** The same call without us. */
  readonly raw: { readonly generate: Task; readonly stream: Task };
}

export async function bench({ report, flags }: BenchContext): Promise<void> {
  const runs = Number(flags['runs']);
  const say: { reply: StubReply } = { reply: { text: answer } };
  const stub = await startStub({ record: false, dialects: [anthropicDialect, ollamaDialect, openaiDialect], answer: () => say.reply });
  for (const { name, model, raw } of contenders(stub.url)) {
    say.reply = { text: answer };
    const generate = () => model.generate?.({ messages });
    const stream = async () => {
      for await (const _ of model.stream({ messages })) { /* to the end */ }
    };
    const whole = await timePair(generate, raw.generate, { runs, warmUp: runs });
    report.figure({ name: `${name}: raw call, p50`, value: whole.second.p50, unit: 'ms', n: runs });
    report.target(`${name}: overhead per call, p50`, whole.difference.p50, { atMost: 0.05 }, { unit: 'ms', n: runs, interval: whole.differenceInterval });
    const short = await timePair(stream, raw.stream, { runs, warmUp: runs });
    report.target(`${name}: overhead per short stream, p50`, short.difference.p50, { atMost: 0.05 }, { unit: 'ms', n: runs, interval: short.differenceInterval });
    say.reply = { text: longAnswer };
    const long = await timePair(stream, raw.stream, { runs: runs / longStreams, warmUp: 20 });
    const perChunk = (ms: number) => (1000 * ms) / chunks;
    report.figure({ name: `${name}: raw stream of ${chunks} chunks, p50 per chunk`, value: perChunk(long.second.p50), unit: 'µs', n: runs / longStreams });
    const [low, high] = long.differenceInterval;
    report.target(`${name}: overhead per streamed chunk, p50`, perChunk(long.difference.p50), { atMost: 2 }, { unit: 'µs', n: runs / longStreams, interval: [perChunk(low), perChunk(high)] });
  }
  await stub.close();
}

function contenders(url: string): readonly Contender[] {
  const baseURL = `${url}/v1`;
  const openaiSdk = new OpenAI({ apiKey: 'k', baseURL, maxRetries: 0 });
  const anthropicSdk = new Anthropic({ apiKey: 'k', baseURL: url, maxRetries: 0 });
  const chat = { model: 'gpt-4o-mini', messages };
  const claude = { model: 'claude-sonnet-5', max_tokens: 1000, messages };
  const withUsage = { ...chat, stream: true, stream_options: { include_usage: true } } as const;
  const drain = async (stream: AsyncIterable<unknown>) => {
    for await (const _ of stream) { /* to the end */ }
  };
  const kySend = async (target: string, json: object) => ky.post(target, { json, retry: 0, timeout: false, signal: new AbortController().signal });
  const chatURL = `${baseURL}/chat/completions`;
  return [
    {
      name: 'openai beside its SDK',
      model: openai({ apiKey: 'k', baseURL }).model('gpt-4o-mini'),
      raw: { generate: () => openaiSdk.chat.completions.create(chat), stream: async () => drain(await openaiSdk.chat.completions.create(withUsage)) },
    },
    {
      name: 'anthropic beside its SDK',
      model: anthropic({ apiKey: 'k', baseURL: url }).model('claude-sonnet-5'),
      raw: { generate: () => anthropicSdk.messages.create(claude), stream: async () => drain(await anthropicSdk.messages.create({ ...claude, stream: true })) },
    },
    {
      name: 'groq beside fetch',
      model: groq({ apiKey: 'k', baseURL }).model('llama-3.1-8b-instant'),
      raw: { generate: () => fetchJson(chatURL, chat), stream: () => fetchEvents(chatURL, withUsage) },
    },
    {
      name: 'ollama beside fetch',
      model: ollama({ baseURL: url }).model('llama3.2'),
      raw: {
        generate: () => fetchJson(`${url}/api/chat`, { model: 'llama3.2', messages, stream: false }),
        stream: () => fetchLines(`${url}/api/chat`, { model: 'llama3.2', messages, stream: true }),
      },
    },
    {
      name: 'litellm beside ky',
      model: litellm({ baseURL: url }).model('gpt-4o-mini'),
      raw: {
        generate: () => kySend(chatURL, chat).then((response) => response.json()),
        stream: () => fetchEvents(chatURL, withUsage, kySend),
      },
    },
  ];
}
