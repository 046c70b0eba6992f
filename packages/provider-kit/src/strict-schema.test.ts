import { describe, expect, it } from 'vitest';
import { isStrictSchema } from './strict-schema.ts';

const closed = { type: 'object', properties: { a: { type: 'string' } }, required: ['a'], additionalProperties: false };

describe('isStrictSchema', () => {
  it('accepts closed objects that require all they have', () => {
    expect(isStrictSchema(closed)).toBe(true);
    expect(isStrictSchema({ ...closed, properties: { a: { type: 'array', items: closed } } })).toBe(true);
    expect(isStrictSchema({ ...closed, properties: { a: { anyOf: [closed, { type: 'null' }] } } })).toBe(true);
  });

  it('finds open or optional parts at any depth', () => {
    expect(isStrictSchema({ ...closed, additionalProperties: true })).toBe(false);
    expect(isStrictSchema({ ...closed, required: [] })).toBe(false);
    expect(isStrictSchema({ ...closed, properties: { a: { type: 'array', items: { ...closed, required: [] } } } })).toBe(false);
    expect(isStrictSchema({ ...closed, $defs: { b: { type: 'object' } } })).toBe(false);
  });

  it('can leave properties optional', () => {
    expect(isStrictSchema({ ...closed, required: [] }, { allRequired: false })).toBe(true);
  });

  it('does not run for ever on schemas without bottom', () => {
    const endless: { [key: string]: unknown } = { type: 'array' };
    endless['items'] = endless;
    expect(isStrictSchema(endless)).toBe(false);
  });
});
