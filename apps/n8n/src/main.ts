/** `pnpm test:n8n`: the packed nodes in a real n8n on this machine. Installs it once, some 2.9 GB in the user's cache; skips what cannot be had, and says why. */
import { createChecks } from '@cascadeflow/real/checks';
import { Unavailable } from '@cascadeflow/real/workshop';
import { checkEditor } from './check-editor.ts';
import { checkLint } from './check-lint.ts';
import { checkWorkflows } from './check-workflows.ts';
import { openEditor } from './editor.ts';
import { openHost } from './host.ts';
import { installN8n, isN8nCached, n8nVersion } from './install.ts';
import { openWorld } from './world.ts';

const print = (line: string) => void process.stdout.write(`${line}\n`);
const checks = createChecks(print);

/** Runs a group of checks whose counterpart may be missing. */
async function group(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Unavailable) checks.skip(name, error.message);
    else checks.fail(name, error);
  }
}

await group('lint', () => checkLint(checks));
await group(`n8n ${n8nVersion}`, async () => {
  if (!isN8nCached()) print(`Installing n8n ${n8nVersion}; this takes some minutes, once.`);
  const host = openHost(installN8n());
  const world = await openWorld();
  try {
    print(`tarball: ${(host.tarballBytes / 1000).toFixed(1)} kB`);
    await group('workflows', () => checkWorkflows(checks, host, world));
    await group('editor', async () => {
      const editor = await openEditor(host);
      try {
        await checkEditor(checks, editor);
        print(`pictures of the editor: ${editor.shots}`);
      } finally {
        await editor.close();
      }
    });
  } finally {
    await world.close();
    host.close();
  }
});
const { passed, failed, skipped } = checks.counts;
print(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exit(failed > 0 ? 1 : 0);
