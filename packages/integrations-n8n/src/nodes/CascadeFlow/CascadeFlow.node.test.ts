import { NodeApiError, NodeOperationError } from 'n8n-workflow';
import { beforeEach, describe, expect, it } from 'vitest';
import { execution } from '../../host/execution-doubles.ts';
import { slept } from '../../host/n8n-workflow-doubles.ts';
import { CascadeFlow } from './CascadeFlow.node.ts';

const node = new CascadeFlow();
const answered = (content: string, cascade: object = {}) => ({ statusCode: 200, body: { choices: [{ message: { content } }], cascade: { model: 'small', accepted: true, run_id: 'r', ...cascade } } });
const gateway = { operation: 'ask', connection: 'gateway', cascade: 'cascade', prompt: 'Hi' };

beforeEach(() => {
  slept.length = 0;
});

describe('items', () => {
  it('keep their order and their link', async () => {
    const context = execution({ items: [{}, {}, {}], parameters: (index) => ({ ...gateway, prompt: `question ${index}` }), respond: (sent) => answered((sent['body'] as { messages: { content: string }[] }).messages[0]?.content ?? '') });
    const [items] = await node.execute.call(context);
    expect(items?.map((item) => [item.json['answer'], item.pairedItem])).toEqual([0, 1, 2].map((item) => [`question ${item}`, { item }]));
  });

  it('are asked in batches, with a pause between two', async () => {
    let open = 0;
    let most = 0;
    const respond = async () => {
      most = Math.max(most, ++open);
      await new Promise((wake) => setImmediate(wake));
      open--;
      return answered('Yes.');
    };
    const items = Array.from({ length: 7 }, () => ({}));
    await node.execute.call(execution({ items, parameters: { ...gateway, options: { batchSize: 3, batchInterval: 250 } }, respond }));
    expect(most).toBe(3);
    expect(slept).toEqual([250, 250]);
    most = 0;
    await node.execute.call(execution({ items, parameters: gateway, respond }));
    expect([most, slept.length]).toEqual([5, 2]);
  });

  it('carry their own error where the node goes on', async () => {
    const respond = (sent: { readonly [name: string]: unknown }) => (JSON.stringify(sent['body']).includes('bad') ? { statusCode: 429, body: { error: { message: 'slow down' } } } : answered('Yes.'));
    const options = { items: [{}, {}, {}], parameters: (index: number) => ({ ...gateway, prompt: index === 1 ? 'bad' : 'good' }), respond };
    const [items] = await node.execute.call(execution({ ...options, continueOnFail: true }));
    expect(items?.map((item) => item.json['answer'] ?? item.json['error'])).toEqual(['Yes.', 'slow down', 'Yes.']);
    expect(items?.[1]).toMatchObject({ pairedItem: { item: 1 } });
    expect(items?.[1]?.error).toBeInstanceOf(NodeApiError);
    const stopped = await node.execute.call(execution(options)).catch((error: unknown) => error);
    expect(stopped).toMatchObject({ httpCode: '429', message: 'slow down', context: { itemIndex: 1 } });
  });
});

describe('wrong settings', () => {
  it.each([
    ['Prompt', { ...gateway, prompt: ' ' }],
    ['Minimum Probability', { ...gateway, level: 'probability', minProbability: 2 }],
    ['JSON Schema', { ...gateway, options: { schema: '{ bad' } }],
    ['JSON Schema', { ...gateway, options: { schema: '[]' } }],
    ['Messages', { ...gateway, input: 'messages', messages: '[' }],
    ['Messages[0]', { ...gateway, input: 'messages', messages: '[{ "role": "robot" }]' }],
    ['Cascade', { ...gateway, cascade: '' }],
    ['Drafter', { ...gateway, connection: 'endpoint', verifier: 'large' }],
    ['Verifier', { ...gateway, connection: 'endpoint', drafter: 'same', verifier: 'same' }],
    ['Prompt', { operation: 'judge', answer: 'Yes.' }],
    ['Prompt', { operation: 'classify' }],
  ])('of %s are named', async (setting, parameters) => {
    const error: unknown = await node.execute.call(execution({ parameters, respond: () => answered('Yes.') })).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NodeOperationError);
    expect((error as Error).message).toMatch(new RegExp(`^${setting.replace(/[[\]]/g, '\\$&')}: `));
    expect(error).toMatchObject({ context: { itemIndex: 0 } });
  });

  it('of a report without answers are told', async () => {
    await expect(node.execute.call(execution({ parameters: { operation: 'report' } }))).rejects.toThrow(/CascadeFlow Ask node/);
  });
});

describe('operations without a model', () => {
  it('judges what any model wrote', async () => {
    const judge = async (answer: string, rest: object = {}) => {
      const [items] = await node.execute.call(execution({ parameters: { operation: 'judge', question: 'What is the capital of Australia?', answer, ...rest } }));
      return items?.[0]?.json;
    };
    const good = await judge('Canberra is the capital of Australia.');
    const refusal = await judge('I am sorry, but I cannot help with that.');
    expect(good?.['probability']).toBeGreaterThan(refusal?.['probability'] as number);
    expect(refusal).toMatchObject({ accept: false });
    expect((await judge('Canberra', { level: 'probability', minProbability: 0 }))?.['threshold']).toBe(0);
    const schema = '{ "type": "object", "required": ["city"], "properties": { "city": { "type": "string" } } }';
    expect(await judge('{ "town": 1 }', { options: { schema } })).toMatchObject({ accept: false, veto: expect.any(String) });
  });

  it('classifies a prompt', async () => {
    const [items] = await node.execute.call(execution({ parameters: { operation: 'classify', question: 'Write a Python function that reverses a linked list.' } }));
    expect(items?.[0]?.json).toMatchObject({ domain: 'code', complexity: expect.any(String), reasons: expect.any(Array) });
  });

  it('reports over all items at once', async () => {
    const items = [
      { modelUsed: 'small', draftAccepted: true, cost: 1, saved: 9 },
      { modelUsed: 'large', draftAccepted: false, cost: 11, saved: -1 },
      { modelUsed: 'small', draftAccepted: true },
      { error: 'slow down' },
    ];
    const [output] = await node.execute.call(execution({ items, parameters: { operation: 'report' } }));
    expect(output?.[0]?.json).toEqual({
      answers: 3, accepted: 2, acceptedPercent: (2 / 3) * 100, cost: 12, saved: 8, savedPercent: 40, withoutFigures: 1,
      models: [{ model: 'small', answers: 2, cost: 1 }, { model: 'large', answers: 1, cost: 11 }],
    });
  });
});
