import type { QualityTarget } from '@cascadeflow/contract';
import { type Command, InvalidArgumentError } from 'commander';
import { UsageError } from '../command-line/usage-error.ts';

/** What the flags about models say. */
export interface ModelFlags {
  readonly model: readonly string[];
  readonly baseUrl: readonly string[];
  readonly quality: QualityTarget;
}

const levels = ['economy', 'balanced', 'strict'] as const;

/** Adds `--model`, `--base-url` and `--quality` to a command. */
export function addModelFlags(command: Command): Command {
  return command
    .option('-m, --model <provider/model[@price]>', 'a model of the cascade, repeat for each; price in USD per 1M tokens, @0.5 or @0.15/0.6 (input/output)', append, [])
    .option('--base-url <[provider=]url>', 'address of a provider, or of any server with the OpenAI API under a name of your own; repeatable', append, [])
    .option('-q, --quality <level>', `how good a draft must be: ${levels.join(', ')}, or a probability from 0 to 1`, parseQuality, 'balanced');
}

/** Reads `--base-url` flags into addresses by provider. A bare address is for the only provider there is. */
export function parseBaseUrls(flags: readonly string[], providers: readonly string[]): { readonly [provider: string]: string } {
  const addresses: { [provider: string]: string } = {};
  for (const flag of flags) {
    const [, named, url] = /^(?:([\w-]+)=)?(https?:\/\/.+)$/u.exec(flag) ?? [];
    if (url === undefined || !URL.canParse(url)) throw new UsageError(`--base-url ${flag}: must be an http or https address, or provider=address`);
    const only = new Set(providers).size === 1 ? providers[0] : undefined;
    const provider = named ?? only;
    if (provider === undefined) throw new UsageError(`--base-url ${flag}: say whose address it is, such as --base-url openai=${url}`);
    addresses[provider] = url;
  }
  return addresses;
}

/** A parser for whole numbers from 1 up. */
export function parseCount(value: string): number {
  const count = Number(value);
  if (!Number.isSafeInteger(count) || count < 1) throw new InvalidArgumentError('It must be a whole number from 1 up.');
  return count;
}

function parseQuality(value: string): QualityTarget {
  const level = levels.find((name) => name === value);
  if (level !== undefined) return level;
  const minProbability = value.trim() === '' ? Number.NaN : Number(value);
  if (minProbability >= 0 && minProbability <= 1) return { minProbability };
  throw new InvalidArgumentError(`It must be ${levels.join(', ')} or a number from 0 to 1.`);
}

function append(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}
