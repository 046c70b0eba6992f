import { type Price, type QualityTarget, type SecondOpinion } from '@cascadeflow/contract';
import { type Command, InvalidArgumentError, Option } from 'commander';

/** What the flags of every command that reads traces say. */
export interface TraceFlags {
  readonly models?: readonly string[];
  readonly price: Readonly<Record<string, Price>>;
  readonly labelByVerifier?: boolean;
  readonly votes?: string;
  readonly json?: boolean;
}

/** What the flags of commands that replay a cascade say. */
export interface CascadeFlags extends TraceFlags {
  readonly calibration?: string;
  readonly secondOpinion: SecondOpinion;
  readonly quality: QualityTarget;
}

/** Adds the traces and the flags about them. */
export function addTraceFlags(command: Command): Command {
  return command
    .argument('<traces...>', 'files of traces, one JSON document a line, as record and agents write them')
    .option('-m, --models <names>', 'recorded models, cheapest first, the verifier last, with commas; default: those in the traces, by their cost', parseNames)
    .option('--price <model=price>', 'USD per 1M tokens instead of the recorded cost, 0.5 or 0.15/0.6 (input/output); repeatable', parsePrice, {})
    .option('--label-by-verifier', 'where an answer has no label, take its agreement with the last model\'s answer')
    .option('--votes <file>', 'readers\' votes, one JSON document a line: {"runId", "model"?, "vote": "up" | "down"}')
    .option('--json', 'print the result as JSON');
}

/** Adds the flags about the cascade that is replayed. */
export function addCascadeFlags(command: Command): Command {
  return addTraceFlags(command)
    .option('--calibration <file>', 'calibration to replay with, as fit writes it')
    .option('-q, --quality <level>', 'economy, balanced, strict, or a probability from 0 to 1', parseTarget, 'balanced')
    .addOption(new Option('--second-opinion <when>', 'when a middle model is asked').choices(['off', 'auto', 'always']).default('auto'));
}

/** A parser for numbers above `low` and up to `high`. */
export function parseShare(low: number, high: number): (value: string) => number {
  return (value) => {
    const share = value.trim() === '' ? Number.NaN : Number(value);
    if (share > low && share <= high) return share;
    throw new InvalidArgumentError(`It must be a number above ${low} and up to ${high}.`);
  };
}

function parseNames(value: string): readonly string[] {
  const names = value.split(',').map((name) => name.trim());
  if (names.some((name) => name === '') || new Set(names).size !== names.length) throw new InvalidArgumentError('It must be different names with commas between them.');
  return names;
}

function parsePrice(value: string, before: Readonly<Record<string, Price>>): Readonly<Record<string, Price>> {
  const [, model, input, output] = /^(.+)=(\d+(?:\.\d+)?)(?:\/(\d+(?:\.\d+)?))?$/u.exec(value) ?? [];
  if (model === undefined || input === undefined) throw new InvalidArgumentError('It must be model=price, such as gpt-4o-mini=0.15/0.6.');
  return { ...before, [model]: { input: Number(input), output: Number(output ?? input) } };
}

function parseTarget(value: string): QualityTarget {
  if (value === 'economy' || value === 'balanced' || value === 'strict') return value;
  const minProbability = value.trim() === '' ? Number.NaN : Number(value);
  if (minProbability >= 0 && minProbability <= 1) return { minProbability };
  throw new InvalidArgumentError('It must be economy, balanced, strict or a number from 0 to 1.');
}
