// Run by dry-run.ts from the packed tarballs: CommonJS through require(esm).
const { CascadeAgent } = require('@cascadeflow/core');
const { openai } = require('@cascadeflow/providers-openai');

const agent = new CascadeAgent({
  models: [
    { name: 'gpt-4o-mini', provider: 'openai', cost: 0.000375 },
    { name: 'gpt-5', provider: 'openai', cost: 0.00562 },
  ],
  providers: [openai({ env: process.env })],
});

agent.run("What's the capital of France?").then(({ content, modelUsed, totalCost }) => {
  if (!content.includes('Paris') || !(totalCost > 0)) throw new Error(`unexpected answer of ${modelUsed}: ${content} for ${totalCost} USD`);
  console.log(`${modelUsed} answered ${JSON.stringify(content)} for ${totalCost} USD`);
});
