import type { z } from 'zod';
import { GatewayError } from '../errors/gateway-error.ts';
import type { JsonObject } from '../http/read-body.ts';

/**
 * A body in the shape its vendor documents.
 * @throws GatewayError naming the path of the first bad field.
 */
export function parseWire<Schema extends z.ZodType>(schema: Schema, body: JsonObject): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const { path: param, message } = tellIssue(parsed.error);
  throw new GatewayError('invalid-request', param === '' ? message : `${param}: ${message}`, { ...(param && { param }) });
}

/** What is wrong with a value, in plain words, and where, such as `messages[0].role`: the first thing, but a field that nobody knows before one that is missing, since it may be that one misspelt. */
export function tellIssue({ issues }: z.core.$ZodError): { readonly path: string; readonly message: string } {
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0];
  const { path, message } = deepest(issue as z.core.$ZodIssue);
  return { path: toPath(path), message };
}

/** Of a union's complaints, the one that came furthest: that is the form the client meant. */
function deepest(issue: z.core.$ZodIssue): { path: readonly PropertyKey[]; message: string } {
  if (issue.code !== 'invalid_union') return { path: issue.path, message: toPlain(issue) };
  const found = issue.errors.flat().map(deepest);
  const best = found.reduce<(typeof found)[number] | undefined>((furthest, one) => (one.path.length > (furthest?.path.length ?? 0) ? one : furthest), undefined);
  return best ? { path: [...issue.path, ...best.path], message: best.message } : { path: issue.path, message: found.map((one) => one.message).join(', or ') || issue.message };
}

/** What is missing, empty or beyond a bound in plain words; the rest as zod, or the schema, says it. */
function toPlain(issue: z.core.$ZodIssue): string {
  const { code, message } = issue;
  if (code === 'invalid_type' && message.endsWith('received undefined')) return 'is missing';
  if (code === 'too_small' && message.startsWith('Too small')) return issue.minimum === 1 && isCounted(issue.origin) ? 'must not be empty' : `must ${toBound(issue.origin, issue.inclusive ? 'at least' : 'more than', issue.minimum)}`;
  if (code === 'too_big' && message.startsWith('Too big')) return `must ${toBound(issue.origin, issue.inclusive ? 'at most' : 'less than', issue.maximum)}`;
  return message;
}

function isCounted(origin: string): boolean {
  return origin === 'array' || origin === 'string';
}

function toBound(origin: string, how: string, bound: number | bigint): string {
  return isCounted(origin) ? `have ${how} ${bound} ${origin === 'array' ? 'items' : 'characters'}` : `be ${how} ${bound}`;
}

/** `['messages', 0, 'role']` as `messages[0].role`. */
export function toPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => (typeof key === 'number' ? `${text}[${key}]` : text === '' ? String(key) : `${text}.${String(key)}`), '');
}

/** A body without the fields that say null, which is how clients say that they leave one out. */
export function withoutNulls(body: JsonObject): JsonObject {
  return Object.values(body).includes(null) ? Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null)) : body;
}

/** The fields of an object that are not undefined. */
export function defined<Fields extends object>(fields: Fields): { [Key in keyof Fields]: Exclude<Fields[Key], undefined> } {
  const kept: { [key: string]: unknown } = {};
  for (const [key, value] of Object.entries(fields)) if (value !== undefined) kept[key] = value;
  return kept as { [Key in keyof Fields]: Exclude<Fields[Key], undefined> };
}

/** Fields that a schema does not name. */
export function unknownFields(value: JsonObject, schema: { readonly shape: object }): string[] {
  return Object.keys(value).filter((key) => !Object.hasOwn(schema.shape, key));
}
