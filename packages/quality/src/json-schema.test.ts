import { expect, test } from 'vitest';
import { validateSchema } from './json-schema.ts';

const person = {
  type: 'object',
  properties: { name: { type: 'string' }, age: { type: 'integer', minimum: 0 }, tags: { type: 'array', items: { enum: ['a', 'b'] } } },
  required: ['name'],
  additionalProperties: false,
} as const;

test('a value that fits has no violations', () => {
  expect(validateSchema(person, { name: 'Ada', age: 36, tags: ['a'] })).toEqual([]);
});

test('each violation names the place and the problem', () => {
  const violations = validateSchema(person, { age: -1, tags: ['a', 'x'] });
  expect(violations.map((violation) => violation.path)).toEqual(expect.arrayContaining(['', '/age', '/tags/1']));
  expect(violations.find((violation) => violation.path === '')?.message).toContain('name');
});

test('references inside the schema are followed', () => {
  const tree = { $ref: '#/$defs/node', $defs: { node: { type: 'object', properties: { next: { $ref: '#/$defs/node' } }, required: ['v'] } } };
  expect(validateSchema(tree, { v: 1, next: { v: 2 } })).toEqual([]);
  expect(validateSchema(tree, { v: 1, next: {} })[0]?.path).toBe('/next');
});

test('a schema that cannot be read is a violation, not an exception', () => {
  expect(validateSchema({ $ref: '#/$defs/absent' }, 1)[0]?.message).toContain('cannot be read');
  expect(validateSchema({ type: 'string', pattern: '(' }, 'x')[0]?.message).toContain('cannot be read');
});

test('an old draft is read by its own rules', () => {
  const schema = { $schema: 'http://json-schema.org/draft-07/schema#', type: 'array', items: [{ type: 'number' }, { type: 'string' }] };
  expect(validateSchema(schema, [1, 'a'])).toEqual([]);
  expect(validateSchema(schema, ['a', 'a'])).not.toEqual([]);
});
