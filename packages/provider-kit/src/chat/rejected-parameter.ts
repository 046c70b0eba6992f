import { readFailureBody } from '../error/provider-failure.ts';

/** Fields an answer can do without. Tools, messages and what the caller put into `extra` are never dropped. */
const droppable: ReadonlySet<string> = new Set([
  'temperature',
  'top_p',
  'stop',
  'seed',
  'logprobs',
  'top_logprobs',
  'parallel_tool_calls',
  'reasoning_effort',
  'user',
  'safety_identifier',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'continue_final_message',
  'add_generation_prompt',
  'response_format',
]);

/** Fields that have another name on other servers. */
const renames: { readonly [field: string]: string } = { max_tokens: 'max_completion_tokens', max_completion_tokens: 'max_tokens' };

/** What was learned about a model: fields it refuses, and the name to use instead where there is one. */
export type RefusedFields = Map<string, string | undefined>;

/** Finds the field that a server refused by name; `undefined` when the refusal is about something else. */
export function findRefusedField(status: number | undefined, body: unknown, sent: { readonly [field: string]: unknown }): string | undefined {
  if (status !== 400 && status !== 422) return undefined;
  const { message, parameter, labels } = readFailureBody(body);
  const named = parameter?.split(/[.[]/)[0];
  const isRefusal = /unsupported|unrecognized|unknown|not support|not permitted|not allowed|extra inputs|does not exist|incompatible|deprecated|only the default/i;
  const told = message.slice(0, 2000);
  if (!isRefusal.test(told) && !labels.some((label) => isRefusal.test(label.replaceAll('_', ' ')))) return undefined;
  if (named !== undefined && droppable.has(named) && named in sent) return named;
  return [...droppable].filter((field) => field in sent && new RegExp(`(?<![\\w])${field}(?![\\w])`).test(told)).sort((a, b) => told.indexOf(a) - told.indexOf(b))[0];
}

/** Notes a refused field; its other name is tried next, unless that was refused before. */
export function learnRefusal(field: string, refused: RefusedFields): void {
  const other = renames[field];
  refused.set(field, other !== undefined && !refused.has(other) ? other : undefined);
}

/** Takes the refused fields out of a body, in place, and says so. Fields the caller gave in `extra` stay. */
export function dropRefused(
  body: Record<string, unknown>,
  refused: RefusedFields,
  extra: { readonly [field: string]: unknown } | undefined,
  warnings: string[],
): void {
  for (const [field, other] of refused) {
    if (!(field in body) || (extra && field in extra)) continue;
    if (other !== undefined && !refused.has(other)) body[other] = body[field];
    delete body[field];
    if (other === undefined && field !== 'stream_options') warnings.push(`${field} is not sent: the server refuses it for this model`);
    if (field === 'logprobs') delete body['top_logprobs'];
  }
}
