import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { cascade } from '../cascade.ts';
import type { Io } from '../command-line/io.ts';
import { UsageError } from '../command-line/usage-error.ts';
import { type ModelFlags, parseBaseUrls } from '../commands/model-flags.ts';
import { parseModelName } from '../model-name.ts';
import { ollamaAddress, ollamaModels } from './ollama.ts';
import { demoQuestions } from './questions/all.ts';
import { simulate, simulatedModels } from './simulate.ts';

/** What the demo runs on. */
export interface DemoModels {
  readonly agent: CascadeAgent;
  readonly simulated: boolean;
  /** Says to the user what the models are. */
  readonly notice: string;
  close(): Promise<void>;
}

const nothing = async (): Promise<void> => {};

/** The demo's models: those of the flags, else OpenAI's with a key, else an Ollama on loopback, else simulated ones. */
export async function chooseModels(flags: ModelFlags, simulated: boolean, io: Io): Promise<DemoModels> {
  const real = flags.model.length > 0 || (!simulated && Boolean(io.env.OPENAI_API_KEY));
  if (simulated && flags.model.length > 0) throw new UsageError('--simulated and --model exclude each other');
  if (!real && flags.baseUrl.length > 0) throw new UsageError('--base-url needs --model, or a key in OPENAI_API_KEY');
  if (flags.model.length > 0) return fromFlags(flags, io);
  if (simulated) return simulateModels(flags);
  if (io.env.OPENAI_API_KEY) {
    const models = ['openai/gpt-4o-mini', 'openai/gpt-5'];
    const agent = cascade({ models, env: io.env, baseURLs: parseBaseUrls(flags.baseUrl, ['openai']), quality: flags.quality });
    return { agent, simulated: false, notice: `Asking real models with OPENAI_API_KEY: ${models.join(', ')}. This costs a few cents; --simulated costs nothing.`, close: nothing };
  }
  const address = ollamaAddress(io.env);
  const [small, large] = await ollamaModels(address, io.signal);
  if (small === undefined || large === undefined) return simulateModels(flags);
  const agent = cascade({ models: [`ollama/${small}`, `ollama/${large}`], order: 'given', env: io.env, baseURLs: { ollama: address }, quality: flags.quality });
  return { agent, simulated: false, notice: `Asking the Ollama at ${address}: ${small}, then ${large}. --simulated asks nobody.`, close: nothing };
}

function fromFlags(flags: ModelFlags, io: Io): DemoModels {
  const models = flags.model.map((text) => parseModelName(text, '--model'));
  const baseURLs = parseBaseUrls(flags.baseUrl, models.map((model) => model.provider));
  const agent = cascade({ models, env: io.env, baseURLs, quality: flags.quality });
  return { agent, simulated: false, notice: `Asking real models: ${flags.model.join(', ')}.`, close: nothing };
}

async function simulateModels(flags: ModelFlags): Promise<DemoModels> {
  const stub = await simulate(demoQuestions);
  // Loaded now, so that the first rows show a model's time and not an import's.
  await import('openai');
  const provider = openai({ id: 'simulated', apiKey: 'simulated', baseURL: stub.baseURL });
  const { first, other, large } = simulatedModels;
  const models = [first, other, large].map(({ name, cost }) => ({ name, cost, provider }));
  return {
    agent: new CascadeAgent({ models, order: 'given', quality: flags.quality }),
    simulated: true,
    notice: 'The models are simulated: a server on this machine gives answers that we wrote, at list prices of real models.\nRouting, judging, escalation and accounting are the real engine, over HTTP. For real models set OPENAI_API_KEY or use --model.',
    close: () => stub.close(),
  };
}
