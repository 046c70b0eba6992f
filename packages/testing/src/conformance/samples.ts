import type { Draft, JudgeInput, ModelInfo, ModelRequest } from '@cascadeflow/contract';
import { deepFreeze } from './suite.ts';

function user(content: string): ModelRequest {
  return { messages: [{ role: 'user', content }] };
}

/** Two models as routers and judges see them: a cheap one and a dear one. */
export const sampleModels: readonly ModelInfo[] = deepFreeze([
  { name: 'small', provider: 'acme', tier: 0, price: { input: 0.15, output: 0.6 }, speed: 120, quality: 0.7, capabilities: { contextWindow: 128_000 } },
  { name: 'large', provider: 'acme', tier: 1, price: { input: 3, output: 15 }, speed: 50, quality: 0.92, capabilities: { contextWindow: 400_000 } },
]);

/** Requests of every kind a router or judge meets. */
export const sampleRequests: { readonly [kind: string]: ModelRequest } = deepFreeze({
  short: user('What is the capital of France?'),
  hello: user('hi'),
  hard: user('Prove that there are infinitely many primes congruent to 3 modulo 4, and say where the proof would fail for 1 modulo 4.'),
  chinese: user('请用一句话解释什么是黑洞。'),
  symbols: user('\u0000 \ud800 🙂 ```\n{{}} <|im_end|> ' + '('.repeat(500)),
  blank: user(' '),
  long: user('All work and no play makes Jack a dull boy. '.repeat(4000)),
  json: { ...user('Give the name and age of Ada, 36.'), responseFormat: { type: 'json-schema', schema: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } } } },
  tools: { ...user('What is the weather in Paris?'), tools: [{ name: 'weather', parameters: { type: 'object', properties: { city: { type: 'string' } } } }] },
  picture: { messages: [{ role: 'user', content: [{ type: 'text', text: 'What is this?' }, { type: 'image', url: 'https://example.com/cat.png' }] }] },
  conversation: {
    messages: [
      { role: 'system', content: 'You are terse.' },
      { role: 'user', content: 'Who wrote Faust?' },
      { role: 'assistant', content: 'Goethe.' },
      { role: 'user', content: 'When?' },
    ],
  },
});

/** A whole draft of the small model. */
export function sampleDraft(content: string, changes: Partial<Draft> = {}): Draft {
  return {
    provider: 'acme',
    model: 'small',
    tier: 0,
    content,
    toolCalls: [],
    finishReason: { unified: 'stop' },
    complete: true,
    usage: { input: 12, output: 8 },
    ...changes,
  };
}

/** A judge's input with everything optional left out. */
export function sampleInput(changes: Partial<JudgeInput> = {}): JudgeInput {
  return deepFreeze({
    request: sampleRequests.short!,
    draft: sampleDraft('The capital of France is Paris.'),
    target: 'balanced',
    model: sampleModels[0]!,
    escalation: { model: sampleModels[1]!, cost: 0.002 },
    ...changes,
  });
}
