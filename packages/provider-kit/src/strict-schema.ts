import { asList, asRecord } from './wire/json.ts';

/** How deep a schema is looked into; deeper ones count as outside the strict subset. */
const deepest = 24;

/** True when every object of a schema forbids other properties and requires all its own: the subset that strict decoding takes. */
export function isStrictSchema(schema: unknown, depth = 0): boolean {
  const node = asRecord(schema);
  if (!node) return schema === undefined;
  if (depth > deepest) return false;
  const properties = asRecord(node['properties']);
  const types = Array.isArray(node['type']) ? node['type'] : [node['type']];
  if (types.includes('object') || properties) {
    if (node['additionalProperties'] !== false) return false;
    const required = new Set(asList(node['required']));
    if (!Object.keys(properties ?? {}).every((name) => required.has(name))) return false;
  }
  const inner = [
    ...Object.values(properties ?? {}),
    ...Object.values(asRecord(node['$defs']) ?? {}),
    ...asList(node['anyOf']),
    ...asList(node['prefixItems']),
    node['items'],
  ];
  return inner.every((part) => isStrictSchema(part, depth + 1));
}
