/** `pnpm docs:results`: writes the results page and its charts from `docs/results/*.json`. `--check` fails when they differ. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../workspace.ts';
import { resultsAbout } from './results-about.ts';
import { drawResults } from './results-chart.ts';
import { parseResults } from './results-file.ts';
import { renderResults } from './results-page.ts';

const folder = 'docs/results';
const order = Object.keys(resultsAbout);
const rank = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);

const files = readdirSync(join(ROOT, folder))
  .filter((file) => file.endsWith('.json'))
  .map((file) => parseResults(`${folder}/${file}`, readFileSync(join(ROOT, folder, file), 'utf8')))
  .toSorted((a, b) => rank(a.bench) - rank(b.bench) || a.bench.localeCompare(b.bench));

const wanted = new Map([['docs/guide/results.md', renderResults(files, resultsAbout)], ...files.map((file): [string, string] => [`${folder}/${file.bench}.svg`, drawResults(file)])]);
const differing = [...wanted].filter(([path, text]) => !existsSync(join(ROOT, path)) || readFileSync(join(ROOT, path), 'utf8') !== text);

if (!process.argv.includes('--check')) {
  for (const [path, text] of differing) writeFileSync(join(ROOT, path), text);
  console.log(`${differing.length} files written.`);
} else if (differing.length > 0) {
  console.error(`${differing.map(([path]) => `${path} differs from the benchmarks' files`).join('\n')}\nRun \`pnpm docs:results\`.`);
  process.exitCode = 1;
} else console.log('The results page is that of the benchmarks.');
