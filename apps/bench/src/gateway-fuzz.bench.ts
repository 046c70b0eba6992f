/** Malformed requests by the hundred thousand: no crash, no fault of the gateway's own, memory flat. */
import { residentMB } from '@cascadeflow/real/processes';
import type { BenchContext, BenchOptions } from './bench.ts';
import { fuzz } from './gateway-fuzz/fuzz.ts';
import { openGateway } from './gateway-fuzz/open-gateway.ts';
import { mean } from './statistics.ts';

export const options: BenchOptions = {
  count: { type: 'string', default: '100000' },
  seed: { type: 'string', default: '1' },
  workers: { type: 'string', default: '48' },
};

/** Most that memory may grow from the second quarter of the run to the last, as a ratio: the compiler and the heap settle in the first. */
const growth = 1.1;

export async function bench({ report, flags }: BenchContext): Promise<void> {
  const gateway = await openGateway();
  try {
    const { sent, statuses, faults, faultCount, smuggled, stuck, memory } = await fuzz({
      url: gateway.url,
      count: Number(flags['count']),
      seed: Number(flags['seed']),
      workers: Number(flags['workers']),
      readMB: () => residentMB(gateway.pid),
    });
    report.figure({ name: 'malformed requests', value: sent });
    for (const [status, count] of [...statuses].sort(([first], [second]) => String(first).localeCompare(String(second)))) report.figure({ name: `answered ${status}`, value: count });
    for (const fault of faults) report.note(`fault: ${fault}`);
    const quarter = (index: number) => mean(memory.slice(Math.floor((memory.length * index) / 4), Math.floor((memory.length * (index + 1)) / 4)));
    for (const index of [0, 1, 2, 3]) report.figure({ name: `memory in quarter ${index + 1}`, value: Math.round(quarter(index)), unit: 'MB' });
    const healthy = await fetch(`${gateway.url}/health`).then((response) => response.ok, () => false);
    report.target('alive at the end', Number(healthy), { atLeast: 1 });
    report.target('answers 5xx or none in time', faultCount, { atMost: 0 });
    report.target('smuggled requests', smuggled, { atMost: 0 });
    report.target('connections stuck', stuck, { atMost: 0 });
    report.target('memory of the last quarter by the second', quarter(3) / quarter(1), { atMost: growth });
  } finally {
    await gateway.close();
  }
}
