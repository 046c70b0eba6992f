import type { Judge } from '@cascadeflow/contract';
import type { ScriptStep } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { scriptedAgent, wordJudge } from './agent-doubles.ts';
import type { RunOptions } from './options.ts';
import { tool, type AnyTool } from './tool.ts';

type Step = ScriptStep | string;
const call = (name: string, args: Record<string, unknown> | string): ScriptStep => ({ toolCalls: [{ name, arguments: args }] });
const calls = (...list: readonly [string, Record<string, unknown>][]): ScriptStep => ({ toolCalls: list.map(([name, args], index) => ({ id: `c${index}`, name, arguments: args })) });

/** Calls pass when their tool is known and they carry arguments that are JSON; texts are judged by their first word. */
const judge: Judge = (input) => {
  const { draft, request } = input;
  if (draft.toolCalls.length === 0) return wordJudge(input);
  const isKnown = draft.toolCalls.every((made) => request.tools?.some((known) => known.name === made.name) && made.arguments.startsWith('{'));
  return { accept: isKnown, probability: isKnown ? 0.9 : 0.05, threshold: 0.8, signals: [], reason: 'by its calls', ...(!isKnown && { veto: 'a call that cannot be run' }) };
};

const object = (properties: Record<string, unknown>, required: readonly string[]) => ({ type: 'object', properties, required, additionalProperties: false });

/** A small world that the tools act on. */
function world() {
  const log: string[] = [];
  const stock: Record<string, number> = { apples: 3, pears: 0 };
  let outages = 1;
  const tools: readonly AnyTool[] = [
    tool<{ item: string }>({ name: 'stock', parameters: object({ item: { type: 'string', enum: ['apples', 'pears'] } }, ['item']), execute: ({ item }) => (log.push(`stock ${item}`), { item, count: stock[item] }) }),
    tool<{ item: string; count: number }>({ name: 'order', parameters: object({ item: { type: 'string' }, count: { type: 'integer', minimum: 1 } }, ['item', 'count']), risk: 'write', execute: ({ item, count }) => (log.push(`order ${count} ${item}`), `ordered ${count} ${item}`) }),
    tool<{ item: string }>({ name: 'discard', parameters: object({ item: { type: 'string' } }, ['item']), risk: 'destructive', execute: ({ item }) => (log.push(`discard ${item}`), `discarded ${item}`) }),
    tool<{ amount: number }>({ name: 'pay', parameters: object({ amount: { type: 'number' } }, ['amount']), risk: 'money', execute: ({ amount }) => (log.push(`pay ${amount}`), 'paid') }),
    tool({ name: 'weather', parameters: object({}, []), execute: () => { if (outages-- > 0) throw new Error('station offline'); log.push('weather'); return 'rain'; } }),
    tool({ name: 'sum', parameters: object({ numbers: { type: 'array', items: { type: 'number' } } }, ['numbers']), execute: ({ numbers }: { numbers: number[] }) => (log.push('sum'), numbers.reduce((a, b) => a + b, 0)) }),
  ];
  return { tools, log };
}

interface Task {
  readonly name: string;
  readonly drafter: readonly Step[];
  readonly verifier: readonly Step[];
  readonly options?: Partial<RunOptions>;
  /** What the world has seen at the end, in order. */
  readonly done: readonly string[];
  readonly answer: string;
  readonly steps: number;
}

const tasks: readonly Task[] = [
  { name: 'looks one thing up', drafter: [call('stock', { item: 'apples' }), 'good: 3 apples'], verifier: [], done: ['stock apples'], answer: 'good: 3 apples', steps: 2 },
  { name: 'looks two things up, one after the other', drafter: [call('stock', { item: 'apples' }), call('stock', { item: 'pears' }), 'good'], verifier: [], done: ['stock apples', 'stock pears'], answer: 'good', steps: 3 },
  { name: 'looks two things up at once', drafter: [calls(['stock', { item: 'apples' }], ['stock', { item: 'pears' }]), 'good'], verifier: [], done: ['stock apples', 'stock pears'], answer: 'good', steps: 2 },
  { name: 'acts on what it found', drafter: [call('stock', { item: 'pears' }), call('order', { item: 'pears', count: 5 }), 'good: ordered'], verifier: [], done: ['stock pears', 'order 5 pears'], answer: 'good: ordered', steps: 3 },
  { name: 'tries again when a tool fails', drafter: [call('weather', {}), call('weather', {}), 'good: rain'], verifier: [], done: ['weather'], answer: 'good: rain', steps: 3 },
  { name: 'answers without the tool that failed', drafter: [call('weather', {}), 'good: unknown'], verifier: [], done: [], answer: 'good: unknown', steps: 2 },
  { name: 'repairs arguments of the wrong type', drafter: [call('order', { item: 'pears', count: 'five' }), call('order', { item: 'pears', count: 5 }), 'good'], verifier: [], done: ['order 5 pears'], answer: 'good', steps: 3 },
  { name: 'repairs a missing argument', drafter: [call('order', { item: 'pears' }), call('order', { item: 'pears', count: 1 }), 'good'], verifier: [], done: ['order 1 pears'], answer: 'good', steps: 3 },
  { name: 'repairs a value outside its list', drafter: [call('stock', { item: 'plums' }), call('stock', { item: 'pears' }), 'good'], verifier: [], done: ['stock pears'], answer: 'good', steps: 3 },
  { name: 'has broken JSON repaired by the verifier', drafter: [call('stock', 'item=apples'), 'good'], verifier: [call('stock', { item: 'apples' })], done: ['stock apples'], answer: 'good', steps: 2 },
  { name: 'has an unknown tool repaired by the verifier', drafter: [call('inventory', { item: 'apples' }), 'good'], verifier: [call('stock', { item: 'apples' })], done: ['stock apples'], answer: 'good', steps: 2 },
  { name: 'has a poor final text written by the verifier', drafter: [call('stock', { item: 'apples' }), 'bad'], verifier: ['three apples'], done: ['stock apples'], answer: 'three apples', steps: 2 },
  { name: 'escalates in mid-task and goes on cheaply', drafter: [call('stock', { item: 'pears' }), 'bad', 'good: done'], verifier: [call('order', { item: 'pears', count: 2 })], done: ['stock pears', 'order 2 pears'], answer: 'good: done', steps: 3 },
  { name: 'discards only on the verifier’s call', drafter: [call('discard', { item: 'apples' }), 'good'], verifier: [call('discard', { item: 'pears' })], done: ['discard pears'], answer: 'good', steps: 2 },
  { name: 'discards nothing when the verifier refuses', drafter: [call('discard', { item: 'apples' })], verifier: ['I will not discard them'], done: [], answer: 'I will not discard them', steps: 1 },
  { name: 'discards on the caller’s word', drafter: [call('discard', { item: 'apples' }), 'good'], verifier: [], options: { onApproval: () => true }, done: ['discard apples'], answer: 'good', steps: 2 },
  { name: 'pays nothing against the caller’s word', drafter: [call('pay', { amount: 10 }), 'good: not paid'], verifier: [], options: { onApproval: () => false }, done: [], answer: 'good: not paid', steps: 2 },
  { name: 'pays on the verifier’s call', drafter: [call('pay', { amount: 10 }), 'good: paid'], verifier: [call('pay', { amount: 10 })], done: ['pay 10'], answer: 'good: paid', steps: 2 },
  { name: 'hands numbers through', drafter: [call('sum', { numbers: [1, 2, 3.5] }), 'good: 6.5'], verifier: [], done: ['sum'], answer: 'good: 6.5', steps: 2 },
  { name: 'is freed by the verifier when it goes round in circles', drafter: [call('stock', { item: 'apples' }), call('stock', { item: 'apples' }), call('stock', { item: 'apples' })], verifier: ['three apples, as said'], done: ['stock apples', 'stock apples', 'stock apples'], answer: 'three apples, as said', steps: 4 },
];

describe('a tool agent', () => {
  it.each(tasks)('$name', async ({ drafter, verifier, options, done: expected, answer, steps }) => {
    const { tools, log } = world();
    const { agent, done } = scriptedAgent([drafter, verifier], { judge });
    const result = await agent.run('the task', { tools, ...options });
    done();
    expect(log).toEqual(expected);
    expect(result).toMatchObject({ content: answer, steps, pricingIncomplete: false });
    expect(result.messages.filter((message) => message.role === 'tool')).toHaveLength(result.messages.flatMap((message) => (message.role === 'assistant' ? (message.toolCalls ?? []) : [])).length);
    const paid = result.attempts.reduce((sum, attempt) => sum + (attempt.cost ?? Number.NaN), 0);
    expect(Math.abs((result.totalCost ?? Number.NaN) - paid)).toBeLessThan(1e-12);
  });
});
