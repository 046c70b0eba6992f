import { InvalidOptionsError } from '../error/invalid-options-error.ts';
import type { QualityLevel } from '../verdict.ts';
import { type Calibration, calibrationVersion } from './calibration.ts';

const levels: readonly QualityLevel[] = ['economy', 'balanced', 'strict'];

type Fields = { readonly [key: string]: unknown };

function fail(path: string, message: string): never {
  throw new InvalidOptionsError(path, `${message}; write the file anew with cascadeflow fit`);
}

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) fail(path, 'must be an object');
  return value as Fields;
}

function listOf(value: unknown, path: string, check: (item: Fields, path: string) => void): void {
  if (!Array.isArray(value)) fail(path, 'must be a list');
  value.forEach((item, index) => check(fieldsOf(item, `${path}[${index}]`), `${path}[${index}]`));
}

function numberAt(fields: Fields, key: string, path: string, low = Number.NEGATIVE_INFINITY, high = Number.POSITIVE_INFINITY): void {
  const value = fields[key];
  if (typeof value !== 'number' || !Number.isFinite(value)) fail(`${path}.${key}`, 'must be a number');
  if (value < low || value > high) fail(`${path}.${key}`, `must be from ${low} to ${high}, is ${value}`);
}

function textAt(fields: Fields, key: string, path: string): void {
  if (typeof fields[key] !== 'string') fail(`${path}.${key}`, 'must be a text');
}

function optionalText(fields: Fields, key: string, path: string): void {
  if (fields[key] !== undefined) textAt(fields, key, path);
}

function checkMap(map: Fields, path: string): void {
  optionalText(map, 'model', path);
  numberAt(map, 'intercept', path);
  // A falling map would turn good drafts away and let bad ones in.
  numberAt(map, 'slope', path, 0);
  listOf(map['signals'], `${path}.signals`, (signal, at) => {
    textAt(signal, 'name', at);
    numberAt(signal, 'mean', at);
    numberAt(signal, 'scale', at, Number.MIN_VALUE);
    numberAt(signal, 'weight', at);
  });
  if (map['domains'] !== undefined) {
    const domains = fieldsOf(map['domains'], `${path}.domains`);
    for (const name of Object.keys(domains)) numberAt(domains, name, `${path}.domains`);
  }
  if (map['knots'] !== undefined) checkKnots(map['knots'], `${path}.knots`);
}

function checkKnots(knots: unknown, path: string): void {
  if (!Array.isArray(knots)) fail(path, 'must be a list');
  let before = [0, 0];
  knots.forEach((knot: unknown, index) => {
    const isPair = Array.isArray(knot) && knot.length === 2 && knot.every((value) => typeof value === 'number' && value >= 0 && value <= 1);
    if (!isPair) fail(`${path}[${index}]`, 'must be two numbers from 0 to 1');
    const [from, to] = knot as [number, number];
    if (from < (before[0] ?? 0) || to < (before[1] ?? 0)) fail(`${path}[${index}]`, 'must not fall');
    before = [from, to];
  });
}

/**
 * Checks that a value, as `JSON.parse` gave it, is a calibration of this version.
 *
 * @throws {InvalidOptionsError} naming the path of the first bad field.
 */
export function parseCalibration(value: unknown): Calibration {
  const file = fieldsOf(value, 'calibration');
  if (file['version'] !== calibrationVersion) {
    fail('calibration.version', `is ${JSON.stringify(file['version'])}, this release reads version ${calibrationVersion}`);
  }
  textAt(file, 'createdAt', 'calibration');
  const data = fieldsOf(file['data'], 'calibration.data');
  textAt(data, 'fingerprint', 'calibration.data');
  numberAt(data, 'rows', 'calibration.data', 0);
  if (!Array.isArray(data['models'])) fail('calibration.data.models', 'must be a list');
  listOf(file['maps'], 'calibration.maps', checkMap);
  listOf(file['thresholds'], 'calibration.thresholds', (entry, path) => {
    for (const key of ['level', 'model', 'domain']) optionalText(entry, key, path);
    numberAt(entry, 'value', path, 0);
  });
  if (file['asJudged'] !== undefined) {
    if (!Array.isArray(file['asJudged'])) fail('calibration.asJudged', 'must be a list');
    file['asJudged'].forEach((level: unknown, index) => levels.includes(level as QualityLevel) || fail(`calibration.asJudged[${index}]`, `must be one of ${levels.join(', ')}, is ${JSON.stringify(level)}`));
  }
  listOf(file['priors'], 'calibration.priors', (entry, path) => {
    textAt(entry, 'model', path);
    optionalText(entry, 'domain', path);
    numberAt(entry, 'quality', path, 0, 1);
  });
  listOf(file['acceptChances'], 'calibration.acceptChances', (entry, path) => {
    for (const key of ['domain', 'complexity']) optionalText(entry, key, path);
    numberAt(entry, 'chance', path, 0, 1);
  });
  numberAt(file, 'directBelow', 'calibration', 0, 1);
  const metrics = fieldsOf(file['metrics'], 'calibration.metrics');
  for (const name of Object.keys(metrics)) numberAt(metrics, name, 'calibration.metrics');
  if (file['expected'] !== undefined) {
    const expected = fieldsOf(file['expected'], 'calibration.expected');
    numberAt(expected, 'acceptance', 'calibration.expected', 0, 1);
    if (!Array.isArray(expected['histogram'])) fail('calibration.expected.histogram', 'must be a list');
  }
  return value as Calibration;
}
