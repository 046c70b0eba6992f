import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ServerProcess } from '@cascadeflow/real/processes';
import { fuzz } from './fuzz.ts';
import { openGateway } from './open-gateway.ts';

let gateway: ServerProcess;
beforeAll(async () => {
  gateway = await openGateway();
});
afterAll(() => gateway.close());

it('takes malformed requests without a fault of its own', async () => {
  const { sent, statuses, faults, smuggled, stuck } = await fuzz({ url: gateway.url, count: 600, seed: 3, workers: 16 });
  expect(faults).toEqual([]);
  expect({ smuggled, stuck }).toEqual({ smuggled: 0, stuck: 0 });
  expect(sent).toBeGreaterThanOrEqual(600);
  expect(statuses.get(400)).toBeGreaterThan(100);
  expect(statuses.get(200)).toBeGreaterThan(0);
  expect((await fetch(`${gateway.url}/health`)).status).toBe(200);
});
