import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { execution, type SentRequest } from '../host/execution-doubles.ts';
import { ask } from './ask.ts';

const schema = '{ "type": "object", "properties": { "city": { "type": "string" } }, "required": ["city"] }';

/** Asks with these parameters; gives the item and what was sent. */
async function askWith(parameters: { readonly [name: string]: unknown }, respond: (sent: SentRequest) => unknown, credentials?: { url: string }) {
  const context = execution({ parameters, respond, ...(credentials && { credentials }) });
  const item = await ask(context, 0, (name, fallback) => context.getNodeParameter(name, 0, fallback));
  return { item, sent: context.sent };
}

describe('through a gateway', () => {
  const respond = () => ({ statusCode: 200, body: { choices: [{ message: { content: '{"city":"Canberra"}' } }], cascade: { model: 'small', accepted: true, run_id: 'r1', cost: 0.1, saved: 0.9 } } });
  const parameters = { connection: 'gateway', cascade: 'cascade:fast', prompt: 'Capital of Australia?' };

  it('sends the conversation and the settings, with the credential', async () => {
    const options = { system: 'Be brief.', temperature: 0.2, maxTokens: 50, schema };
    const { item, sent } = await askWith({ ...parameters, level: 'strict', options }, respond);
    expect(sent).toMatchObject([{
      credential: 'cascadeFlowApi',
      method: 'POST',
      url: 'http://127.0.0.1:8787/v1/chat/completions',
      headers: { 'x-cascade-quality': 'strict', 'x-cascade-details': 'true' },
      body: {
        model: 'cascade:fast', temperature: 0.2, max_tokens: 50,
        messages: [{ role: 'system', content: 'Be brief.' }, { role: 'user', content: 'Capital of Australia?' }],
        response_format: { type: 'json_schema', json_schema: { name: 'answer', schema: JSON.parse(schema) as object } },
      },
    }]);
    expect(item).toEqual({ answer: '{"city":"Canberra"}', data: { city: 'Canberra' }, modelUsed: 'small', draftAccepted: true, cost: 0.1, saved: 0.9 });
  });

  it('leaves out what is not set, and takes a conversation', async () => {
    const messages = '[{ "role": "user", "content": "Hi" }, { "role": "assistant", "content": "Hello" }, { "role": "user", "content": "Capital?" }]';
    const { item, sent } = await askWith({ ...parameters, input: 'messages', messages, level: 'probability', minProbability: 0.7 }, respond);
    expect(sent[0]?.['body']).toEqual({ model: 'cascade:fast', messages: JSON.parse(messages) as object });
    expect(sent[0]?.['headers']).toMatchObject({ 'x-cascade-quality': '0.7' });
    expect(item).not.toHaveProperty('data');
  });
});

describe('with two models of an endpoint', () => {
  const parameters = { connection: 'endpoint', drafter: 'gpt-4o-mini', verifier: 'gpt-4o', prompt: 'Capital of Australia?' };
  const credentials = { url: 'https://models.example/v1/' };

  /** A server that speaks Chat Completions, its answer in one piece. */
  const server = (content: string) => (sent: SentRequest) => {
    const { model } = sent['body'] as { readonly model: string };
    const chunk = (delta: object, rest: object = {}) => `data: ${JSON.stringify({ id: 'c', model, choices: [{ index: 0, delta, finish_reason: null }], ...rest })}\n\n`;
    const end = `data: ${JSON.stringify({ id: 'c', model, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 } })}\n\ndata: [DONE]\n\n`;
    return { statusCode: 200, headers: { 'content-type': 'text/event-stream' }, body: Readable.from([Buffer.from(chunk({ content })), Buffer.from(end)]) };
  };

  it('runs the cascade here, and says all of the decision', async () => {
    const { item, sent } = await askWith({ ...parameters, level: 'probability', minProbability: 0 }, server('Canberra is the capital.'), credentials);
    expect(sent.map((request) => [request.credential, request['url'], (request['body'] as { model: string }).model])).toEqual([['cascadeFlowOpenAiApi', 'https://models.example/v1/chat/completions', 'gpt-4o-mini']]);
    expect(item).toMatchObject({ answer: 'Canberra is the capital.', modelUsed: 'gpt-4o-mini', draftAccepted: true, complexity: expect.any(String), calls: [{ model: 'gpt-4o-mini', tokens: 30 }] });
    expect(item['saved']).toBeGreaterThan(0);
  });

  it('goes on to the verifier', async () => {
    const { item, sent } = await askWith({ ...parameters, level: 'probability', minProbability: 1 }, server('Canberra is the capital.'), credentials);
    expect(sent.map((request) => (request['body'] as { model: string }).model)).toEqual(['gpt-4o-mini', 'gpt-4o']);
    expect(item).toMatchObject({ modelUsed: 'gpt-4o', draftAccepted: false });
  });

  it('gives the data of a structured answer', async () => {
    const { item } = await askWith({ ...parameters, level: 'probability', minProbability: 0, options: { schema } }, server('{"city":"Canberra"}'), credentials);
    expect(item['data']).toEqual({ city: 'Canberra' });
  });

  it('says what the server said when it refused', async () => {
    const refuse = () => ({ statusCode: 401, headers: { 'content-type': 'application/json' }, body: Readable.from([Buffer.from('{"error":{"message":"Incorrect API key provided"}}')]) });
    await expect(askWith(parameters, refuse, credentials)).rejects.toThrow(/Incorrect API key provided/);
  });
});
