/**
 * `pnpm check:faults`: puts each fault into the tree, runs the step of `pnpm check` that must find it, and takes the fault out again.
 * Fails when a step lets its fault through, or fails for another reason. Names of faults, or parts of them, choose some.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ROOT } from '../workspace.ts';
import { type Fault, faults } from './faults.ts';

const env = { ...process.env, PATH: [join(ROOT, 'node_modules', '.bin'), process.env['PATH']].join(delimiter), NO_COLOR: '1' };

/** Undefined when the fault was found, else what went wrong. */
function prove({ file, spoil, step, project, says }: Fault): string | undefined {
  const path = join(ROOT, file);
  if (!existsSync(path)) return `there is no ${file}; build first`;
  const sound = readFileSync(path, 'utf8');
  const command = project === undefined ? ['scripts/check.ts', step] : ['node_modules/vitest/vitest.mjs', 'run', '--project', project];
  const restore = () => writeFileSync(path, sound);
  process.on('exit', restore);
  try {
    writeFileSync(path, spoil(sound));
    const { status, signal, stdout, stderr } = spawnSync(process.execPath, command, { cwd: ROOT, env, encoding: 'utf8', maxBuffer: 1e8 });
    if (signal) process.exit(130);
    if (status === 0) return `${step} passed`;
    return says.test(stdout + stderr) ? undefined : `${step} failed without saying ${String(says)}:\n${stdout}${stderr}`.trimEnd();
  } finally {
    restore();
    process.off('exit', restore);
  }
}

process.on('SIGINT', () => {}); // the step is interrupted, and the file restored on the way out
const asked = process.argv.slice(2);
let missed = 0;
for (const fault of faults.filter(({ name }) => asked.length === 0 || asked.some((part) => name.includes(part)))) {
  const problem = prove(fault);
  if (problem !== undefined) missed++;
  console.log(problem === undefined ? `found   ${fault.name} (${fault.step})` : `MISSED  ${fault.name}: ${problem}`);
}
console.log(missed === 0 ? 'Every fault was found.' : `${missed} faults were not found.`);
process.exitCode = missed === 0 ? 0 : 1;
