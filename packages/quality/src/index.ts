export type { SchemaViolation } from './json-schema.ts';
export { validateSchema } from './json-schema.ts';
