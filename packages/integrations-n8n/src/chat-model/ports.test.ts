import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { domainOptions } from './domains.ts';
import { portNames, portsExpression } from './ports.ts';

/** What n8n makes of the expression, for a node whose parameters are these. */
function evaluate($parameter: object): { readonly type: string; readonly displayName: string; readonly required: boolean; readonly maxConnections: number }[] {
  const [, code = ''] = /^=\{\{([^]*)\}\}$/.exec(portsExpression) ?? [];
  return JSON.parse(runInNewContext(`JSON.stringify(${code})`, { $parameter }) as string) as ReturnType<typeof evaluate>;
}

const cases: [object, string[]][] = [
  [{}, ['Drafter', 'Verifier']],
  [{ secondDrafter: true }, ['Drafter', 'Verifier', 'Second']],
  [{ domainRouting: true, domains: ['code', 'legal'] }, ['Drafter', 'Verifier', 'Code', 'Legal']],
  [{ secondDrafter: true, domainRouting: true, domains: ['math'] }, ['Drafter', 'Verifier', 'Second', 'Math']],
  [{ domainRouting: false, domains: ['code'] }, ['Drafter', 'Verifier']],
  [{ domainRouting: true }, ['Drafter', 'Verifier']],
];

describe('inputs of the chat model node', () => {
  it.each(cases)('with %j', (parameters, names) => {
    expect(portNames(parameters)).toEqual(names);
    expect(evaluate(parameters).map((port) => port.displayName)).toEqual(names);
  });

  it('takes one chat model each, and must have it', () => {
    expect(evaluate({})[0]).toEqual({ type: 'ai_languageModel', displayName: 'Drafter', required: true, maxConnections: 1 });
  });

  it('has names that fit beside each other on the canvas', () => {
    const all = portNames({ secondDrafter: true, domainRouting: true, domains: domainOptions.map(({ value }) => value) });
    expect(all).toHaveLength(3 + domainOptions.length);
    expect(new Set(all).size).toBe(all.length);
    for (const name of all) expect(name.length).toBeLessThanOrEqual(8);
  });

  it('has no braces that would end the expression', () => {
    expect(portsExpression.slice(3, -2)).not.toMatch(/\{\{|\}\}/);
  });
});
