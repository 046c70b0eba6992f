import { readFailureBody, type WireFailure } from '../error/provider-failure.ts';

/** Which fields of a wire a server may refuse by name. */
export interface RefusalRules {
  /** Fields an answer can do without, with the name to try instead where there is one. */
  readonly droppable: { readonly [field: string]: string | undefined };
  /** Other words under which servers speak of a field. */
  readonly aliases?: { readonly [field: string]: string };
  /** Fields that go when another one goes. */
  readonly together?: { readonly [field: string]: string };
  /** Fields of ours that the caller did not ask for; their loss is not reported. */
  readonly silent?: ReadonlySet<string>;
}

/** What was learned about a model: fields it refuses, with the name to use instead where there is one, and what to tell the caller. */
export type RefusedFields = Map<string, { readonly instead: string | undefined; readonly together: string | undefined; readonly silent: boolean }>;

const refusal =
  /unsupported|unrecognized|unknown|unexpected|not support|not permitted|not allowed|extra inputs|does not exist|incompatible|deprecated|only the default|cannot be (?:set|used|specified)/i;

/** Finds the field that a server refused by name; `undefined` when the refusal is about something else. */
export function findRefusedField(failure: WireFailure, sent: { readonly [field: string]: unknown }, rules: RefusalRules): string | undefined {
  if (failure.status !== 400 && failure.status !== 422) return undefined;
  const { message, parameter, labels } = readFailureBody(failure.body);
  const told = message.slice(0, 2000);
  if (!refusal.test(told) && !labels.some((label) => refusal.test(label.replaceAll('_', ' ')))) return undefined;
  const named = parameter?.split(/[.[]/)[0];
  const candidates = Object.keys(rules.droppable).filter((field) => field in sent);
  if (named !== undefined && candidates.includes(named)) return named;
  return candidates
    .map((field) => ({ field, at: told.search(new RegExp(`(?<!\\w)(?:${field}|${rules.aliases?.[field] ?? field})(?!\\w)`)) }))
    .filter(({ at }) => at !== -1)
    .sort((a, b) => a.at - b.at)[0]?.field;
}

/** Notes a refused field; its other name is tried next, unless that was refused before. */
export function learnRefusal(field: string, refused: RefusedFields, rules: RefusalRules): void {
  const other = rules.droppable[field];
  refused.set(field, {
    instead: other !== undefined && !refused.has(other) ? other : undefined,
    together: rules.together?.[field],
    silent: rules.silent?.has(field) ?? false,
  });
}

/** Takes the refused fields out of a body, in place, and gives back what to tell the caller. Fields given in `extra` stay. */
export function dropRefused(body: Record<string, unknown>, refused: RefusedFields, extra: { readonly [field: string]: unknown } | undefined): string[] {
  const told: string[] = [];
  for (const [field, { instead, together, silent }] of refused) {
    if (!(field in body) || (extra && field in extra)) continue;
    if (instead !== undefined && !refused.has(instead)) body[instead] = body[field];
    else if (!silent) told.push(`${field} is not sent: the server refuses it for this model`);
    delete body[field];
    if (together !== undefined) delete body[together];
  }
  return told;
}
