import { InvalidOptionsError, type JsonSchema } from '@cascadeflow/contract';

/** What a schema says about a value, in the words of the Standard Schema specification. */
export type StandardResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly { readonly message: string; readonly path?: readonly unknown[] | undefined }[] };

/** A schema of any validation library that follows the Standard Schema specification, with its JSON Schema extension. */
export interface StandardSchema<Output = unknown> {
  readonly '~standard': {
    readonly version: 1;
    readonly vendor: string;
    readonly validate: (value: unknown) => StandardResult<Output> | Promise<StandardResult<Output>>;
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined;
    readonly jsonSchema?: { readonly input: (options: { target: string }) => Record<string, unknown> };
  };
}

/** True for schema objects of a validation library. */
export function isStandardSchema(value: unknown): value is StandardSchema {
  return value !== null && (typeof value === 'object' || typeof value === 'function') && '~standard' in value;
}

/**
 * The JSON Schema of a library's schema.
 * @throws InvalidOptionsError when the library cannot say it.
 */
export function toJsonSchema(schema: StandardSchema, path: string): JsonSchema {
  const convert = schema['~standard'].jsonSchema?.input;
  if (!convert) {
    throw new InvalidOptionsError(
      path,
      `this ${schema['~standard'].vendor} version cannot turn its schemas into JSON Schema; give a JSON Schema object instead (zod can from 4.2 on)`,
    );
  }
  return convert({ target: 'draft-2020-12' });
}
