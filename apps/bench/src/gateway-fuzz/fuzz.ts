import { seededRandom } from '@cascadeflow/testing';
import { badRequest } from './bad-requests.ts';
import { exchange } from './exchange.ts';

/** How a gateway took many malformed requests. */
export interface FuzzReport {
  readonly sent: number;
  /** Answers by status, and `none` for connections that ended without one. */
  readonly statuses: ReadonlyMap<number | 'none', number>;
  /** Answers that say the gateway is at fault, the first few told. */
  readonly faults: readonly string[];
  readonly faultCount: number;
  /** Requests hidden in another one's body that were answered. */
  readonly smuggled: number;
  readonly stuck: number;
  /** Memory samples in MB, in order. */
  readonly memory: readonly number[];
}

/** Faults that are told in full. */
const toldFaults = 5;

/** What a fuzz run is told. */
export interface FuzzOptions {
  readonly url: string;
  readonly count: number;
  readonly seed: number;
  /** Requests under way at once. */
  readonly workers: number;
  readonly readMB?: () => number;
}

/** Sends a seeded series of malformed requests to a gateway. */
export async function fuzz({ url, count, seed, workers, readMB }: FuzzOptions): Promise<FuzzReport> {
  const random = seededRandom(seed);
  const statuses = new Map<number | 'none', number>();
  const faults: string[] = [];
  const memory: number[] = [];
  const every = Math.max(1, Math.floor(count / 40));
  let sent = 0;
  let faultCount = 0;
  let smuggled = 0;
  let stuck = 0;
  const work = async () => {
    while (sent < count) {
      if (++sent % every === 0 && readMB) memory.push(readMB());
      const request = badRequest(random.fork());
      const outcome = await exchange(url, request);
      for (const status of outcome.statuses.length > 0 ? outcome.statuses : (['none'] as const)) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      if (outcome.isStuck) stuck++;
      if (outcome.isSmuggled) smuggled++;
      if (!outcome.isStuck && !outcome.statuses.some((status) => status >= 500)) continue;
      faultCount++;
      if (faults.length < toldFaults) faults.push(`${request.kind}: ${JSON.stringify(request.bytes.toString('latin1').slice(0, 400))} was answered ${JSON.stringify(outcome.text)}`);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { sent, statuses, faults, faultCount, smuggled, stuck, memory };
}
