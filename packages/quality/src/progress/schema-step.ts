import type { JsonSchema } from '@cascadeflow/contract';

const combinators = ['$ref', 'anyOf', 'oneOf', 'allOf', 'if', 'patternProperties', 'unevaluatedProperties', 'dependentSchemas'];

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema of a property: `undefined` when nothing is known of it, `false` when it is forbidden. */
export function propertySchema(schema: JsonSchema | undefined, key: string): JsonSchema | undefined | false {
  if (!schema || combinators.some((name) => name in schema)) return undefined;
  const properties = schema['properties'];
  if (isSchema(properties) && Object.hasOwn(properties, key)) return isSchema(properties[key]) ? properties[key] : undefined;
  const rest = schema['additionalProperties'];
  if (rest === false) return false;
  return isSchema(rest) ? rest : undefined;
}

/** The schema of an array's items, `undefined` when nothing is known of them. */
export function itemSchema(schema: JsonSchema | undefined): JsonSchema | undefined {
  const items = schema?.['items'];
  return isSchema(items) && !('prefixItems' in (schema ?? {})) ? items : undefined;
}

const starts: { readonly [type: string]: RegExp } = {
  object: /\{/, array: /\[/, string: /"/, number: /[-\d]/, integer: /[-\d]/, boolean: /[tf]/, null: /n/,
};

/** False when a value that begins with this character cannot have the schema's type. */
export function fitsType(schema: JsonSchema | undefined, char: string): boolean {
  const type = schema?.['type'];
  const types = typeof type === 'string' ? [type] : Array.isArray(type) ? type : [];
  if (types.length === 0) return true;
  return types.some((name) => typeof name !== 'string' || !Object.hasOwn(starts, name) || starts[name]?.test(char));
}
