import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { CascadeFlowApi } from './CascadeFlowApi.credentials.ts';
import { CascadeFlowOpenAiApi } from './CascadeFlowOpenAiApi.credentials.ts';

/** What n8n makes of an expression. */
function evaluate(expression: unknown, $credentials: object): unknown {
  const [, code = ''] = /^=\{\{([^]*)\}\}$/.exec(String(expression)) ?? [];
  return runInNewContext(code, { $credentials });
}

describe.each([
  [new CascadeFlowApi(), 'https://models.example/', 'https://models.example', '/v1/models'],
  [new CascadeFlowOpenAiApi(), 'https://models.example/v1/', 'https://models.example/v1', '/models'],
])('%o', ({ authenticate, test, properties }, url, base, path) => {
  it('is tested by asking for the models', () => {
    expect(evaluate(test.request.baseURL, { url })).toBe(base);
    expect(test.request.url).toBe(path);
  });

  it('sends the key where there is one', () => {
    const header = authenticate.properties.headers.Authorization;
    expect(evaluate(header, { apiKey: 'secret' })).toBe('Bearer secret');
    expect(evaluate(header, { apiKey: '' })).toBeUndefined();
  });

  it('hides the key', () => {
    expect(properties.find((property) => property.name === 'apiKey')).toMatchObject({ typeOptions: { password: true } });
  });
});
