import { describe, expect, it } from 'vitest';
import { readRetryAfter } from './retry-after.ts';

const now = Date.parse('2026-11-22T10:00:00Z');
const read = (headers: Record<string, string>, body?: unknown, message = '') => readRetryAfter(new Headers(headers), body, message, now);

describe('readRetryAfter', () => {
  it('reads seconds, fractions, milliseconds and dates', () => {
    expect(read({ 'retry-after': '7' })).toBe(7000);
    expect(read({ 'retry-after': '0.5' })).toBe(500);
    expect(read({ 'retry-after-ms': '1250', 'retry-after': '2' })).toBe(1250);
    expect(read({ 'retry-after': 'Sun, 22 Nov 2026 10:00:30 GMT' })).toBe(30_000);
  });

  it('never waits a negative time, nor longer than a day', () => {
    expect(read({ 'retry-after': 'Sun, 22 Nov 2026 09:00:00 GMT' })).toBe(0);
    expect(read({ 'retry-after': '999999999' })).toBe(86_400_000);
  });

  it('passes over what it cannot read', () => {
    expect(read({ 'retry-after': 'soon' })).toBeUndefined();
    expect(read({})).toBeUndefined();
  });

  it('finds the wait in the body where vendors put it', () => {
    const google = { error: { details: [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '17s' }] } };
    expect(read({}, google)).toBe(17_000);
    expect(read({}, { error: 'loading', estimated_time: 20.5 })).toBe(20_500);
    expect(read({}, undefined, 'Please try again in 1m2.5s. Visit …')).toBe(62_500);
    expect(read({}, undefined, 'Please try again in 250ms.')).toBe(250);
  });

  it('believes the header before the body', () => {
    expect(read({ 'retry-after': '1' }, undefined, 'try again in 20s')).toBe(1000);
  });
});
