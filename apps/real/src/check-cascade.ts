import assert from 'node:assert/strict';
import type { TokenLogprob } from '@cascadeflow/contract';
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { vllm } from '@cascadeflow/providers-vllm';
import { startStub } from '@cascadeflow/testing';
import OpenAI from 'openai';
import type { Checks } from './checks.ts';
import { serveSmolLM } from './local-model.ts';

/** A real small model as drafter, with its own log probabilities, before a simulated verifier. */
export async function checkCascade({ check }: Checks): Promise<void> {
  const local = await serveSmolLM();
  const stub = await startStub({ answer: ({ prompt }) => (/France/.test(prompt) ? 'The capital of France is Paris.' : '17 * 23 = 391') });
  const drafter = vllm({ baseURL: local.baseURL });
  try {
    await check('SmolLM2 answers through providers-vllm with real log probabilities', async () => {
      let text = '';
      const tokens: TokenLogprob[] = [];
      for await (const event of drafter.model('smollm2').stream({ messages: [{ role: 'user', content: 'What is the capital of France?' }], temperature: 0, topLogprobs: 3, maxTokens: 40 })) {
        if (event.type === 'text-delta') text += event.text;
        if (event.type === 'logprobs') tokens.push(...event.tokens);
        if (event.type === 'end') assert.ok((event.usage?.output ?? 0) > 0);
      }
      assert.match(text, /Paris/);
      assert.equal(tokens.map(({ token }) => token).join(''), text);
      assert.ok(tokens.every(({ logprob, top }) => logprob <= 0 && top !== undefined && top.length === 3));
      return `"${text}", mean log probability ${(tokens.reduce((sum, { logprob }) => sum + logprob, 0) / tokens.length).toFixed(3)}`;
    });
    await check('the official SDK reads the local model’s stream too', async () => {
      let text = '';
      const client = new OpenAI({ apiKey: 'k', baseURL: local.baseURL, maxRetries: 0 });
      const stream = await client.chat.completions.create({ model: 'smollm2', messages: [{ role: 'user', content: 'What is the capital of France?' }], stream: true, max_tokens: 20 });
      for await (const chunk of stream) text += chunk.choices[0]?.delta.content ?? '';
      assert.match(text, /Paris/);
    });
    await check('a cascade drafts with it and goes on to the verifier', async () => {
      const agent = new CascadeAgent({
        models: [
          { name: 'smollm2', provider: 'vllm', cost: { input: 0.01, output: 0.01 } },
          { name: 'gpt-4o', provider: 'openai', cost: { input: 2.5, output: 10 } },
        ],
        providers: [drafter, openai({ apiKey: 'k', baseURL: stub.baseURL })],
      });
      const before = local.answered;
      const lines: string[] = [];
      for (const prompt of ["What's the capital of France?", 'What is 17 * 23? Give only the number.']) {
        const result = await agent.run(prompt, { temperature: 0, maxTokens: 60 });
        assert.ok(result.content.length > 0);
        assert.ok(result.attempts.some((attempt) => attempt.model === 'smollm2') || result.modelUsed === 'gpt-4o');
        lines.push(`${result.modelUsed} (draft ${result.draftAccepted ? 'accepted' : 'not accepted'})`);
      }
      assert.ok(local.answered > before, 'the local model was never asked');
      return lines.join('; ');
    });
  } finally {
    await stub.close();
    await local.close();
  }
}
