/** Writes src/price/price-data.ts from the installed version of @pydantic/genai-prices. Usage: pnpm refresh:prices [YYYY-MM-DD] */
import { writeFileSync } from 'node:fs';
import { findProvider } from '@pydantic/genai-prices';
import { fromGenaiPrices } from '../src/price/from-genai-prices.ts';

const vendors = [
  'anthropic', 'azure', 'cerebras', 'cohere', 'deepseek', 'fireworks', 'google', 'groq', 'huggingface_cerebras', 'huggingface_fireworks-ai',
  'huggingface_groq', 'huggingface_hyperbolic', 'huggingface_nebius', 'huggingface_novita', 'huggingface_nscale', 'huggingface_sambanova',
  'huggingface_together', 'mistral', 'moonshotai', 'openai', 'perplexity', 'together', 'x-ai', 'zai',
];
const asOf = process.argv[2] ?? new Date().toISOString().slice(0, 10);
const table = fromGenaiPrices(vendors.map((providerId) => findProvider({ providerId })), asOf);
const json = JSON.stringify(table).replaceAll('\\', '\\\\').replaceAll("'", "\\'");
const target = new URL('../src/price/price-data.ts', import.meta.url);
writeFileSync(
  target,
  `/** Price table as JSON text, so that it costs nothing until it is parsed. Written by scripts/refresh-prices.ts from genai-prices (MIT). */\nexport const priceData =\n  '${json}';\n`,
);
const rows = Object.values(table.vendors).reduce((sum, list) => sum + list.length, 0);
process.stdout.write(`${rows} models of ${Object.keys(table.vendors).length} vendors as of ${asOf}, ${json.length} characters\n`);
