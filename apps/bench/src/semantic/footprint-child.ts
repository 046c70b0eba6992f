import { readFileSync } from 'node:fs';

// Run alone by footprint.ts: what the first vector costs in a fresh process. Prints one line of JSON.
globalThis.gc?.();
const before = residentBytes();
const processor = process.cpuUsage();
const start = performance.now();
const { createEmbedder } = await import('@cascadeflow/semantic');
const imported = performance.now();
const embedder = createEmbedder();
await embedder.embed(['How long does a cold start take?']);
const first = performance.now();
const { user, system } = process.cpuUsage(processor);
const text = 'Chlorophyll breaks down as days get shorter, so the yellow and red pigments show. '.repeat(12);
for (let run = 0; run < 400; run++) await embedder.embed([`${run} ${text}`]);
globalThis.gc?.();
console.log(JSON.stringify({ importMs: imported - start, firstMs: first - imported, cpuMs: (user + system) / 1000, addedBytes: residentBytes() - before }));

function residentBytes(): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]) * 1024;
  } catch {
    return process.memoryUsage.rss();
  }
}
