import type { SeededRandom } from '@cascadeflow/testing';

const prompt = { role: 'user', content: 'hi' };

/** A good request of each door, to be spoilt. */
export const goodBodies: { readonly [path: string]: { readonly [field: string]: unknown } } = {
  '/v1/chat/completions': { model: 'cascade', messages: [prompt], temperature: 0.5, stream: false, tools: [{ type: 'function', function: { name: 'f', parameters: { type: 'object' } } }], n: 1 },
  '/v1/messages': { model: 'cascade', max_tokens: 10, messages: [prompt], system: 'Be brief.', tools: [{ name: 'f', input_schema: { type: 'object' } }] },
  '/v1/messages/count_tokens': { model: 'cascade', messages: [prompt] },
  '/v1/responses': { model: 'cascade', input: 'hi' },
  '/v1/embeddings': { model: 'cascade', input: ['hi'] },
};

/** Values where others belong. Raw JSON, because some of it no serialiser writes. */
const strangers = [
  'null', 'true', '-1', '0', '1e400', '-1e400', '9007199254740993', `1${'0'.repeat(400)}`, '0.000000000000000000001', '""', '"x"', '"\\u0000"', '"\\ud800"', '"__proto__"',
  '[]', '[null]', '[[]]', '{}', '{"type":"text"}', '{"__proto__":{"stream":true}}', '{"constructor":{"prototype":{"x":1}}}', '[{"role":"user"}]', '[{"role":"tool","content":"x"}]',
  '[{"role":"user","content":[{"type":"image_url","image_url":{"url":"http://169.254.169.254/"}}]}]', '[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,%%%"}}]}]',
  '[{"role":"assistant","tool_calls":[{"id":"1","type":"function","function":{"name":"f","arguments":"{"}}]}]',
] as const;

const fields = ['model', 'messages', 'input', 'stream', 'stream_options', 'tools', 'tool_choice', 'response_format', 'n', 'stop', 'stop_sequences', 'metadata', 'system', 'thinking', 'logprobs', 'top_logprobs', 'temperature', 'max_tokens', 'user', 'seed', 'instructions', 'dimensions', '__proto__', 'constructor', 'toString'] as const;

/** The text of a body that is wrong in some way, or only odd. */
export function badBody(random: SeededRandom, path: string): string | Buffer {
  const good = goodBodies[path] ?? {};
  const kind = random.integer(0, 9);
  if (kind <= 3) return spoil(random, good);
  const text = JSON.stringify(good);
  if (kind === 4) return text.slice(0, random.integer(0, text.length - 1));
  if (kind === 5) return nested(random);
  if (kind === 6) return Buffer.from(Array.from({ length: random.integer(0, 200) }, () => random.integer(0, 255)));
  if (kind === 7) return random.pick(['', ' ', 'null', '[]', '"text"', '7', '\ufeff{}', '{"a":1}{"b":2}', `${text},`, text.replaceAll('"', "'"), 'undefined', 'NaN', '{"model":"cascade","model":7}', '%7B%7D']);
  if (kind === 8) return JSON.stringify({ ...good, pad: 'x'.repeat(random.integer(1000, 300_000)) });
  return flip(random, text);
}

/** Some fields with values that do not belong there. */
function spoil(random: SeededRandom, good: { readonly [field: string]: unknown }): string {
  const parts = new Map(Object.entries(good).map(([field, value]) => [field, JSON.stringify(value)]));
  for (let count = random.integer(1, 4); count > 0; count--) {
    const field = random.pick(fields);
    if (random.chance(0.2)) parts.delete(field);
    else parts.set(field, random.pick(strangers));
  }
  return `{${[...parts].map(([field, value]) => `${JSON.stringify(field)}:${value}`).join(',')}}`;
}

function nested(random: SeededRandom): string {
  const depth = random.pick([99, 100, 101, 1000, 20_000]);
  const [open, close] = random.pick([['[', ']'], ['{"a":', '}']] as const);
  return `{"model":"cascade","messages":${open.repeat(depth)}1${close.repeat(depth)}}`;
}

/** A few bytes turned into others. */
function flip(random: SeededRandom, text: string): Buffer {
  const bytes = Buffer.from(text);
  for (let count = random.integer(1, 6); count > 0; count--) bytes[random.integer(0, bytes.length - 1)] = random.integer(0, 255);
  return bytes;
}
