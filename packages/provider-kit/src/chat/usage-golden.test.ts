import { costOfUsage, type ModelEvent, type Price, type Usage } from '@cascadeflow/contract';
import { describe, expect, it } from 'vitest';
import { createChatWire } from './chat-wire.ts';
import { plainChat } from './quirks.ts';

const gpt4oMini: Price = { input: 0.15, cachedInput: 0.075, output: 0.6 };
const gpt4o: Price = { input: 2.5, cachedInput: 1.25, output: 10 };
const gpt5: Price = { input: 1.25, cachedInput: 0.125, output: 10 };
const gpt56: Price = { input: 4, cachedInput: 0.4, cacheWrite: 5, output: 20 };
const sonnet: Price = { input: 3, cachedInput: 0.3, cacheWrite: 3.75, cacheWriteHour: 6, output: 15 };
const gemini25Pro: Price = { input: 1.25, cachedInput: 0.125, output: 10, longPrompt: { above: 200_000, input: 2.5, cachedInput: 0.25, output: 15 } };
const oss120: Price = { input: 0.15, output: 0.6 };
const deepseek: Price = { input: 0.27, cachedInput: 0.07, output: 1.1 };
const grok: Price = { input: 0.3, cachedInput: 0.075, output: 0.5 };
const gemini: Price = { input: 0.3, cachedInput: 0.03, output: 2.5 };

/** Payloads as the vendors document them, the kinds they mean, and their price worked out by hand. */
const golden: readonly (readonly [name: string, wire: object, usage: Usage, price: Price, usd: number])[] = [
  ['OpenAI, nothing cached', { prompt_tokens: 19, completion_tokens: 10, total_tokens: 29, prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 }, completion_tokens_details: { reasoning_tokens: 0, audio_tokens: 0, accepted_prediction_tokens: 0, rejected_prediction_tokens: 0 } },
    { input: 19, cachedInput: 0, output: 10, reasoning: 0 }, gpt4oMini, 0.00000885],
  ['OpenAI, cached prompt', { prompt_tokens: 2006, completion_tokens: 300, total_tokens: 2306, prompt_tokens_details: { cached_tokens: 1920 }, completion_tokens_details: { reasoning_tokens: 0 } },
    { input: 86, cachedInput: 1920, output: 300, reasoning: 0 }, gpt4o, 0.005615],
  ['OpenAI, reasoning', { prompt_tokens: 81, completion_tokens: 1035, total_tokens: 1116, prompt_tokens_details: { cached_tokens: 0 }, completion_tokens_details: { reasoning_tokens: 832 } },
    { input: 81, cachedInput: 0, output: 203, reasoning: 832 }, gpt5, 0.01045125],
  ['OpenAI, reasoning and cache', { prompt_tokens: 5000, completion_tokens: 2000, total_tokens: 7000, prompt_tokens_details: { cached_tokens: 4096 }, completion_tokens_details: { reasoning_tokens: 1536 } },
    { input: 904, cachedInput: 4096, output: 464, reasoning: 1536 }, gpt5, 0.021642],
  ['OpenAI, written to the cache', { prompt_tokens: 3000, completion_tokens: 50, total_tokens: 3050, prompt_tokens_details: { cached_tokens: 1024, cache_write_tokens: 1900 }, completion_tokens_details: { reasoning_tokens: 0 } },
    { input: 76, cachedInput: 1024, cacheWrite: 1900, output: 50, reasoning: 0 }, gpt56, 0.0112136],
  ['OpenAI, no details', { prompt_tokens: 100, completion_tokens: 20, total_tokens: 120 }, { input: 100, output: 20 }, gpt4oMini, 0.000027],
  ['Azure', { prompt_tokens: 33, completion_tokens: 557, total_tokens: 590, prompt_tokens_details: { cached_tokens: 0 } }, { input: 33, cachedInput: 0, output: 557 }, gpt4o, 0.0056525],
  ['Groq, with times', { queue_time: 0.03, prompt_tokens: 18, prompt_time: 0.0007, completion_tokens: 556, completion_time: 0.463, total_tokens: 574, total_time: 0.464 },
    { input: 18, output: 556 }, oss120, 0.0003363],
  ['Groq, reasoning', { prompt_tokens: 90, completion_tokens: 410, total_tokens: 500, prompt_tokens_details: { cached_tokens: 64 }, completion_tokens_details: { reasoning_tokens: 300 } },
    { input: 26, cachedInput: 64, output: 110, reasoning: 300 }, oss120, 0.0002595],
  ['Together', { prompt_tokens: 31, completion_tokens: 459, total_tokens: 490, cached_tokens: 0 }, { input: 31, output: 459 }, oss120, 0.00028005],
  ['vLLM', { prompt_tokens: 12, total_tokens: 40, completion_tokens: 28, prompt_tokens_details: null }, { input: 12, output: 28 }, { input: 0, output: 0 }, 0],
  ['DeepSeek, cache hit', { prompt_tokens: 1500, completion_tokens: 200, total_tokens: 1700, prompt_cache_hit_tokens: 1408, prompt_cache_miss_tokens: 92 },
    { input: 92, cachedInput: 1408, output: 200 }, deepseek, 0.0003434],
  ['DeepSeek, reasoner', { prompt_tokens: 40, completion_tokens: 900, total_tokens: 940, prompt_cache_hit_tokens: 0, prompt_cache_miss_tokens: 40, completion_tokens_details: { reasoning_tokens: 750 } },
    { input: 40, cachedInput: 0, output: 150, reasoning: 750 }, deepseek, 0.0010008],
  ['xAI, reasoning beside the completion', { prompt_tokens: 32, completion_tokens: 9, total_tokens: 137, prompt_tokens_details: { cached_tokens: 6 }, completion_tokens_details: { reasoning_tokens: 96 } },
    { input: 26, cachedInput: 6, output: 9, reasoning: 96 }, grok, 0.00006075],
  ['Gemini, thinking beside the completion', { prompt_tokens: 100, completion_tokens: 40, total_tokens: 340, completion_tokens_details: { reasoning_tokens: 200 } },
    { input: 100, output: 40, reasoning: 200 }, gemini, 0.00063],
  ['Mistral', { prompt_tokens: 16, completion_tokens: 34, total_tokens: 50 }, { input: 16, output: 34 }, { input: 2, output: 6 }, 0.000236],
  ['LiteLLM before Anthropic, cache write and read', { prompt_tokens: 4000, completion_tokens: 120, total_tokens: 4120, prompt_tokens_details: { cached_tokens: 1000 }, cache_creation_input_tokens: 2500, cache_read_input_tokens: 1000 },
    { input: 500, cachedInput: 1000, cacheWrite: 2500, output: 120 }, sonnet, 0.012975],
  ['LiteLLM, newer details', { prompt_tokens: 4000, completion_tokens: 120, total_tokens: 4120, prompt_tokens_details: { cached_tokens: 1000, cache_creation_tokens: 2500 } },
    { input: 500, cachedInput: 1000, cacheWrite: 2500, output: 120 }, sonnet, 0.012975],
  ['LiteLLM before Anthropic, a prompt kept for an hour', { prompt_tokens: 4000, completion_tokens: 120, total_tokens: 4120, prompt_tokens_details: { cached_tokens: 0, cache_creation_tokens: 2500, cache_creation_token_details: { ephemeral_5m_input_tokens: 500, ephemeral_1h_input_tokens: 2000 } } },
    { input: 1500, cachedInput: 0, cacheWrite: 2500, cacheWriteHour: 2000, output: 120 }, sonnet, 0.020175],
  ['Gemini, a long prompt', { prompt_tokens: 250_000, completion_tokens: 500, total_tokens: 250_500, prompt_tokens_details: { cached_tokens: 100_000 } },
    { input: 150_000, cachedInput: 100_000, output: 500 }, gemini25Pro, 0.4075],
  ['OpenRouter', { prompt_tokens: 194, completion_tokens: 2, total_tokens: 196, cost: 0.95, prompt_tokens_details: { cached_tokens: 128, cache_write_tokens: 0 }, completion_tokens_details: { reasoning_tokens: 0 } },
    { input: 66, cachedInput: 128, cacheWrite: 0, output: 2, reasoning: 0 }, gpt4o, 0.000345],
  ['a server that counts more cache than prompt', { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, prompt_tokens_details: { cached_tokens: 64 } }, { input: 0, cachedInput: 64, output: 5 }, gpt4o, 0.00013],
];

const wire = createChatWire('m', plainChat);

function read(feed: (translator: ReturnType<typeof wire.createTranslator>, events: ModelEvent[]) => void): Usage | undefined {
  const translator = wire.createTranslator({
    context: { provider: 'p', secrets: { keys: [], texts: () => [] } },
    request: { messages: [] },
    body: {},
    headers: new Headers(),
    warnings: [],
  });
  const events: ModelEvent[] = [];
  feed(translator, events);
  const end = translator.close().at(-1);
  return end?.type === 'end' ? end.usage : undefined;
}

describe('usage of Chat Completions', () => {
  it.each(golden)('%s', (_name, usage, expected, price, usd) => {
    const whole = read((translator, events) => translator.pushWhole({ choices: [{ message: { content: 'x' }, finish_reason: 'stop' }], usage }, events));
    const streamed = read((translator, events) => {
      translator.push(JSON.stringify({ choices: [{ delta: { content: 'x' } }], usage: null }), events);
      translator.push(JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }] }), events);
      translator.push(JSON.stringify({ choices: [], usage }), events);
    });
    expect(whole).toEqual(expected);
    expect(streamed).toEqual(whole);
    expect(costOfUsage(expected, price)).toBeCloseTo(usd, 12);
  });

  it('takes the last of running totals, and Groq’s old place', () => {
    expect(
      read((translator, events) => {
        translator.push(JSON.stringify({ choices: [{ delta: { content: 'a' } }], usage: { prompt_tokens: 5, completion_tokens: 1 } }), events);
        translator.push(JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], usage: { prompt_tokens: 5, completion_tokens: 9 } }), events);
      }),
    ).toEqual({ input: 5, output: 9 });
    expect(
      read((translator, events) => translator.push(JSON.stringify({ choices: [{ delta: {}, finish_reason: 'stop' }], x_groq: { usage: { prompt_tokens: 3, completion_tokens: 4 } } }), events)),
    ).toEqual({ input: 3, output: 4 });
  });

  it('leaves out what was not said', () => {
    expect(read((translator, events) => translator.pushWhole({ choices: [{ message: {} }], usage: {} }, events))).toBeUndefined();
    expect(read((translator, events) => translator.pushWhole({ choices: [{ message: {} }], usage: null }, events))).toBeUndefined();
  });
});
