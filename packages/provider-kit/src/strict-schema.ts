import { asList, asRecord, type JsonRecord } from './wire/json.ts';

/** How deep a schema is looked into; deeper ones count as outside the strict subset. */
const deepest = 24;

/** What a server's strict decoding wants of a schema's objects. */
export interface StrictRules {
  /** Every property must be listed as required. Default true. */
  readonly allRequired?: boolean;
}

/** True when every object of a schema forbids other properties and, by default, requires all its own: the subset that strict decoding takes. */
export function isStrictSchema(schema: unknown, rules: StrictRules = {}, depth = 0): boolean {
  const node = asRecord(schema);
  if (!node) return schema === undefined;
  if (depth > deepest) return false;
  const properties = asRecord(node['properties']);
  const types = Array.isArray(node['type']) ? node['type'] : [node['type']];
  if (types.includes('object') || properties) {
    if (node['additionalProperties'] !== false) return false;
    if (rules.allRequired === false) return checkInner(node, rules, depth);
    const required = new Set(asList(node['required']));
    if (!Object.keys(properties ?? {}).every((name) => required.has(name))) return false;
  }
  return checkInner(node, rules, depth);
}

function checkInner(node: JsonRecord, rules: StrictRules, depth: number): boolean {
  const inner = [
    ...Object.values(asRecord(node['properties']) ?? {}),
    ...Object.values(asRecord(node['$defs']) ?? {}),
    ...asList(node['anyOf']),
    ...asList(node['prefixItems']),
    node['items'],
  ];
  return inner.every((part) => isStrictSchema(part, rules, depth + 1));
}
