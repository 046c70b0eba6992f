import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Checks } from '@cascadeflow/real/checks';
import { Unavailable } from '@cascadeflow/real/workshop';
import { bunFlags, denoFlags, findBun, findDeno } from './runtime-programs.ts';

const program = join(import.meta.dirname, 'embed-texts.ts');

/** How the program is started in each runtime. */
const commands: { readonly [name: string]: () => readonly [program: string, ...args: string[]] } = {
  Bun: () => [findBun(), ...bunFlags, program],
  // May read, and nothing else: no network, no writing.
  Deno: () => [findDeno(), 'run', ...denoFlags, program],
};

/** The shipped embedder in other runtimes: the vectors must be Node's, to the last bit that counts. */
export async function checkEmbedder({ check, skip }: Checks): Promise<void> {
  const due = embedIn([process.execPath, '--conditions=@cascadeflow/source', program]);
  for (const [name, toCommand] of Object.entries(commands)) {
    try {
      const command = toCommand();
      await check(`${name}: the shipped embedder`, async () => {
        const vectors = embedIn(command);
        const apart = Math.max(...due.flatMap((vector, row) => vector.map((value, column) => Math.abs(value - (vectors[row]?.[column] ?? Number.NaN)))));
        if (!(apart < 1e-6)) throw new Error(`its vectors are ${apart} from those of Node`);
      });
    } catch (error) {
      if (!(error instanceof Unavailable)) throw error;
      skip(`${name}: the shipped embedder`, error.message);
    }
  }
}

function embedIn([runtime, ...args]: readonly [program: string, ...args: string[]]): readonly (readonly number[])[] {
  return JSON.parse(execFileSync(runtime, args, { encoding: 'utf8', timeout: 120_000, env: {} })) as number[][];
}
