import type { CascadeEvent } from '@cascadeflow/contract';
import type { GatewayFile } from './config-schema.ts';
import { loadPackage } from './load-package.ts';

/**
 * What tells others of runs, as `telemetry` of a configuration says: spans and figures by the OpenTelemetry SDK that the process was started with, and a line of JSON for each finished run.
 * @throws MissingPackageError when `@cascadeflow/telemetry` or `@opentelemetry/api` is not installed.
 */
export async function openTelemetry(telemetry: GatewayFile['telemetry'], log: (line: string) => void): Promise<((event: CascadeEvent) => void) | undefined> {
  if (!telemetry?.openTelemetry && !telemetry?.logs) return undefined;
  await loadPackage('@opentelemetry/api', 'telemetry', () => import('@opentelemetry/api'));
  const { logRuns, observeAll, telemetryObserver } = await loadPackage('@cascadeflow/telemetry', 'telemetry', () => import('@cascadeflow/telemetry'));
  const write = (level: string) => (fields: object, message: string) => log(JSON.stringify({ time: new Date().toISOString(), level, message, ...fields }));
  return observeAll(telemetry.openTelemetry ? telemetryObserver() : undefined, telemetry.logs ? logRuns({ info: write('info'), warn: write('warn'), error: write('error') }) : undefined);
}
