/** `pnpm test:real`: the providers against real counterparts on this machine. Skips what cannot be had, and says why. */
import { checkCascade } from './check-cascade.ts';
import { checkProxy } from './check-proxy.ts';
import { createChecks } from './checks.ts';
import { Unavailable } from './workshop.ts';

const checks = createChecks((line) => process.stdout.write(`${line}\n`));
for (const [name, group] of [['LiteLLM proxy', checkProxy], ['SmolLM2 on this machine', checkCascade]] as const) {
  try {
    await group(checks);
  } catch (error) {
    if (error instanceof Unavailable) checks.skip(name, error.message);
    else checks.fail(name, error);
  }
}
const { passed, failed, skipped } = checks.counts;
process.stdout.write(`${passed} passed, ${failed} failed, ${skipped} skipped\n`);
process.exit(failed > 0 ? 1 : 0);
