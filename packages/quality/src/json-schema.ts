import type { JsonSchema } from '@cascadeflow/contract';
import { Validator, type Schema } from '@cfworker/json-schema';

/** One way in which a value breaks its schema. */
export interface SchemaViolation {
  /** JSON Pointer of the offending value, `''` for the whole. */
  readonly path: string;
  readonly message: string;
}

/** Violations that are reported at most; the first few say what to fix. */
const maxViolations = 20;

const validators = new WeakMap<JsonSchema, Validator>();

function validatorOf(schema: JsonSchema): Validator {
  let validator = validators.get(schema);
  if (!validator) {
    validator = new Validator(schema as Schema, draftOf(schema), false);
    validators.set(schema, validator);
  }
  return validator;
}

function draftOf(schema: JsonSchema): '4' | '7' | '2019-09' | '2020-12' {
  const declared = typeof schema['$schema'] === 'string' ? schema['$schema'] : '';
  if (declared.includes('draft-04')) return '4';
  if (declared.includes('draft-07') || declared.includes('draft-06')) return '7';
  if (declared.includes('2019-09')) return '2019-09';
  return '2020-12';
}

/**
 * Says where a value breaks a JSON Schema; an empty list when it fits.
 *
 * Interprets the schema without generating code, so it runs where `eval` is forbidden. Prepared schemas are kept by the identity of the
 * schema object. A schema that cannot be read (an unknown `$ref`, a broken `pattern`) is one violation at `''`, never an exception.
 */
export function validateSchema(schema: JsonSchema, value: unknown): readonly SchemaViolation[] {
  try {
    const result = validatorOf(schema).validate(value);
    if (result.valid) return [];
    const violations: SchemaViolation[] = [];
    for (const error of result.errors) {
      if (isContainer(error.keyword)) continue;
      violations.push({ path: toPointer(error.instanceLocation), message: error.error });
      if (violations.length >= maxViolations) break;
    }
    return violations.length > 0 ? violations : [{ path: '', message: 'The value does not match the schema.' }];
  } catch (error) {
    return [{ path: '', message: `The schema cannot be read: ${error instanceof Error ? error.message : String(error)}` }];
  }
}

/** Keywords whose error only says that something inside them failed, which is listed on its own. */
function isContainer(keyword: string): boolean {
  return keyword === 'properties' || keyword === 'items' || keyword === '$ref' || keyword === 'allOf' || keyword === 'prefixItems';
}

function toPointer(location: string): string {
  return location.startsWith('#') ? location.slice(1) : location;
}
