import { InvalidOptionsError, type Trace, traceVersion } from '@cascadeflow/contract';

type Fields = { readonly [key: string]: unknown };

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);

function fail(path: string, message: string): never {
  throw new InvalidOptionsError(path, message);
}

/**
 * Checks that a value, as `JSON.parse` gave it, is a trace of this version, as far as calibration and replay read it.
 *
 * @throws {InvalidOptionsError} naming the path of the first bad field.
 */
export function parseTrace(value: unknown): Trace {
  if (!isFields(value)) fail('', 'is not a trace: expected an object');
  if (value['version'] !== traceVersion) fail('version', `is ${JSON.stringify(value['version']) ?? 'missing'}, this release reads traces of version ${traceVersion}`);
  if (typeof value['runId'] !== 'string' || value['runId'] === '') fail('runId', 'must be a text that names the run');
  if (typeof value['requestHash'] !== 'string') fail('requestHash', 'must be a text');
  if (typeof value['time'] !== 'string' || Number.isNaN(Date.parse(value['time']))) fail('time', 'must be a time such as 2026-01-31T12:00:00Z');
  const request = value['request'];
  if (request !== undefined && !(isFields(request) && Array.isArray(request['messages']))) fail('request', 'must have a list of messages');
  if (!Array.isArray(value['answers'])) fail('answers', 'must be a list');
  const seen = new Set<string>();
  value['answers'].forEach((answer: unknown, index) => checkAnswer(answer, `answers[${index}]`, seen));
  for (const key of ['models', 'verdicts', 'attempts']) if (!Array.isArray(value[key])) fail(key, 'must be a list');
  return value as unknown as Trace;
}

function checkAnswer(answer: unknown, path: string, seen: Set<string>): void {
  if (!isFields(answer)) fail(path, 'must be an object');
  const model = answer['model'];
  if (typeof model !== 'string' || model === '') fail(`${path}.model`, 'is missing: an answer must name its model');
  if (seen.has(model)) fail(`${path}.model`, `${model} answers twice; keep one answer per model`);
  seen.add(model);
  const { content, cost, label, usage } = answer;
  if (content !== undefined && typeof content !== 'string') fail(`${path}.content`, 'must be a text');
  if (cost !== undefined && !(typeof cost === 'number' && cost >= 0)) fail(`${path}.cost`, 'must be 0 or more USD');
  if (usage !== undefined && !isFields(usage)) fail(`${path}.usage`, 'must be an object of token counts');
  if (label === undefined) return;
  const score = isFields(label) ? label['score'] : undefined;
  if (!(typeof score === 'number' && score >= 0 && score <= 1)) fail(`${path}.label.score`, 'must be from 0 (bad) to 1 (good)');
  if (!isFields(label) || !labelSources.has(String(label['source']))) fail(`${path}.label.source`, `must be one of ${[...labelSources].join(', ')}`);
}

const labelSources: ReadonlySet<string> = new Set(['gold', 'human', 'verifier-agreement', 'pairwise-judge']);
