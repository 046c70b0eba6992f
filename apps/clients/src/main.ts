/** `pnpm test:clients`: official clients, unchanged, against the gateway before an upstream on this machine; the gateway and the embedder in other runtimes. Skips what cannot be had, and says why. */
import { createChecks } from '@cascadeflow/real/checks';
import { Unavailable } from '@cascadeflow/real/workshop';
import { openAiSdkAnthropic, openAiSdkOpenAI } from './ai-sdk.ts';
import { openAnthropic } from './anthropic.ts';
import { runSuite } from './client-suite.ts';
import { openChatAnthropic, openChatOpenAI } from './langchain.ts';
import { checkEmbedder } from './embedder-runtimes.ts';
import { openOpenAI } from './openai.ts';
import { checkFastAPI, checkPython } from './python.ts';
import { checkRuntimes } from './runtimes.ts';
import { expectLeft, openWorld } from './world.ts';

const checks = createChecks((line) => process.stdout.write(`${line}\n`));
const world = await openWorld();
for (const open of [openOpenAI, openAnthropic, openAiSdkOpenAI, openAiSdkAnthropic, openChatOpenAI, openChatAnthropic]) {
  await runSuite(checks, open(world), () => expectLeft(world));
}
for (const [name, group] of [['Python packages', checkPython], ['FastAPI', checkFastAPI], ['Mounts', checkRuntimes], ['Embedder', checkEmbedder]] as const) {
  try {
    await group(checks, world);
  } catch (error) {
    if (error instanceof Unavailable) checks.skip(name, error.message);
    else checks.fail(name, error);
  }
}
await world.close();
const { passed, failed, skipped } = checks.counts;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed > 0 ? 1 : 0);
