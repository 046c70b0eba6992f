import { describe, expect, it } from 'vitest';
import { dropRefused, findRefusedField, learnRefusal, type RefusalRules, type RefusedFields } from './refused-field.ts';

const rules: RefusalRules = {
  droppable: { max_tokens: 'max_completion_tokens', max_completion_tokens: 'max_tokens', temperature: undefined, logprobs: undefined, think: undefined },
  together: { logprobs: 'top_logprobs' },
  aliases: { think: 'thinking' },
};
const sent = { model: 'm', messages: [], tools: [], temperature: 0, max_tokens: 5, logprobs: true, top_logprobs: 2, think: true };
const find = (status: number, error: object) => findRefusedField({ status, body: { error } }, sent, rules);

describe('findRefusedField', () => {
  it('finds the field a server names', () => {
    expect(find(400, { message: 'Unsupported value', param: 'temperature', code: 'unsupported_value' })).toBe('temperature');
    expect(find(400, { message: "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead." })).toBe('max_tokens');
    expect(find(422, { message: 'body.logprobs: Extra inputs are not permitted' })).toBe('logprobs');
    expect(find(400, { message: '"llama3" does not support thinking' })).toBe('think');
  });

  it('keeps away from other failures', () => {
    expect(find(400, { message: "Invalid value for 'temperature': must be at most 2" })).toBeUndefined();
    expect(find(400, { message: 'tools are not supported by this model', param: 'tools' })).toBeUndefined();
    expect(find(429, { message: 'temperature is not supported' })).toBeUndefined();
    expect(find(400, { message: 'seed is not supported' })).toBeUndefined();
  });
});

describe('a refused field', () => {
  it('is tried under its other name once, then given up', () => {
    const refused: RefusedFields = new Map();
    learnRefusal('max_tokens', refused, rules);
    const body: Record<string, unknown> = { max_tokens: 5 };
    expect(dropRefused(body, refused, undefined)).toEqual([]);
    expect(body).toEqual({ max_completion_tokens: 5 });
    learnRefusal('max_completion_tokens', refused, rules);
    const again: Record<string, unknown> = { max_tokens: 5 };
    expect(dropRefused(again, refused, undefined)).toEqual(['max_tokens is not sent: the server refuses it for this model']);
    expect(again).toEqual({});
  });

  it('takes with it what makes no sense alone', () => {
    const refused: RefusedFields = new Map();
    learnRefusal('logprobs', refused, rules);
    const body: Record<string, unknown> = { logprobs: true, top_logprobs: 2 };
    dropRefused(body, refused, undefined);
    expect(body).toEqual({});
  });

  it('stays when the caller put it there by hand', () => {
    const refused: RefusedFields = new Map();
    learnRefusal('temperature', refused, rules);
    const body: Record<string, unknown> = { temperature: 0 };
    expect(dropRefused(body, refused, { temperature: 0 })).toEqual([]);
    expect(body).toEqual({ temperature: 0 });
  });
});
