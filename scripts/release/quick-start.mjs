// Run by dry-run.ts from the packed tarballs, in an empty project.
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { startStub } from '@cascadeflow/testing';

const stub = await startStub({ answer: () => 'The capital of France is Paris.' });
const agent = new CascadeAgent({
  models: [
    { name: 'gpt-4o-mini', provider: 'openai', cost: 0.000375 },
    { name: 'gpt-5', provider: 'openai', cost: 0.00562 },
  ],
  providers: [openai({ apiKey: 'any', baseURL: stub.baseURL })],
});
const { content, modelUsed, totalCost } = await agent.run("What's the capital of France?");
await stub.close();
if (!content.includes('Paris') || !(totalCost > 0)) throw new Error(`unexpected answer of ${modelUsed}: ${content} for ${totalCost} USD`);
console.log(`${modelUsed} answered ${JSON.stringify(content)} for ${totalCost} USD`);
