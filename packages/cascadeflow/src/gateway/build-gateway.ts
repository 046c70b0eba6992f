import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type CascadeEvent, InvalidOptionsError, parseCalibration, type Provider } from '@cascadeflow/contract';
import type { CascadeAgent } from '@cascadeflow/core';
import { createGateway, type Gateway, type GatewayConfig, type GatewayKey, type GatewayLimits, hashKey } from '@cascadeflow/gateway';
import { cascade, type CascadeOptions } from '../cascade.ts';
import { readPriceList } from '../prices/price-list.ts';
import { type Environment, openProvider, type ProviderSetup } from '../provider-table.ts';
import type { GatewayFile } from './config-schema.ts';
import type { GatewayState } from './open-state.ts';
import { openEmbedders } from './open-embedders.ts';
import { openTelemetry } from './open-telemetry.ts';
import { createSessionRouting } from './session-router.ts';
import { createSend } from './send.ts';

/** Where the keys of a configuration are kept. */
export function keysFileOf(configFile: string, config: GatewayFile): string | undefined {
  return config.keysFile === undefined ? undefined : resolve(dirname(configFile), config.keysFile);
}

/** What outlives a change of the configuration. */
export interface Lasting {
  /** The clients' keys as they are now; absent: anyone may ask. */
  readonly keys: (() => readonly GatewayKey[]) | undefined;
  /** What was spent and run: a new configuration must not fill the purses again. */
  readonly state: GatewayState;
  /** Told what an operator should know. */
  readonly log: (line: string) => void;
}

/**
 * The gateway a configuration describes.
 * @throws CascadeError naming the bad field.
 */
export async function buildGateway(configFile: string, config: GatewayFile, env: Environment, lasting: Lasting): Promise<Gateway> {
  const send = createSend();
  const priceTable = config.priceList === undefined ? undefined : await readPriceList(resolve(dirname(configFile), config.priceList));
  const priced = priceTable && { priceTable };
  const providers = Object.entries(config.providers ?? {}).map(([id, setup]) => buildProvider(id, setup, { env, send, ...priced }));
  const [embedders, telemetry] = [await openEmbedders(config.embeddings), await openTelemetry(config.telemetry, lasting.log)];
  const cascades: Record<string, CascadeAgent> = {};
  for (const [name, options] of Object.entries(config.cascades)) cascades[name] = await buildCascade(name, options, { providers, configFile, setup: { env, send, ...priced }, lasting, telemetry, onStoreFailure: config.state?.onFailure });
  const { defaultCascade, aliases, origins, limits, adminKey, state } = config;
  const { runs, limiter } = lasting.state;
  const given: GatewayConfig = {
    cascades,
    runs,
    ...(limiter && { limiter }),
    ...(embedders && { embedders }),
    ...(state?.onFailure && { onLimiterFailure: state.onFailure }),
    ...(adminKey !== undefined && { adminKeyHash: await hashKey(adminKey) }),
    ...(lasting.keys && { keys: lasting.keys }),
    ...(defaultCascade !== undefined && { defaultCascade }),
    ...(aliases && { aliases }),
    ...(origins && { origins }),
    ...(limits && { limits: limits as Partial<GatewayLimits> }),
  };
  return createGateway(given);
}

/** A provider of the file: its key is handed over under the name its kind would look for. */
function buildProvider(id: string, { type = id, apiKey, baseURL }: NonNullable<GatewayFile['providers']>[string], { env, send, priceTable }: ProviderSetup): Provider {
  const variable = `${type.toUpperCase().replaceAll('-', '_')}_API_KEY`;
  try {
    const provider = openProvider(type, { env: apiKey === undefined ? env : { ...env, [variable]: apiKey }, ...(baseURL !== undefined && { baseURL }), ...(priceTable && { priceTable }), ...(send && { send }) });
    if (id === type) return provider;
    return { id, model: (name, settings) => provider.model(name, settings), ...(provider.price && { price: (name: string) => provider.price?.(name) }) };
  } catch (error) {
    if (error instanceof InvalidOptionsError) throw new InvalidOptionsError(`providers.${id}`, error.message, { cause: error });
    throw error;
  }
}

/** What every cascade of a file is built with. */
interface Surroundings {
  readonly providers: readonly Provider[];
  readonly configFile: string;
  readonly setup: ProviderSetup;
  readonly lasting: Lasting;
  readonly telemetry: ((event: CascadeEvent) => void) | undefined;
  readonly onStoreFailure: 'open' | 'closed' | undefined;
}

async function buildCascade(name: string, file: GatewayFile['cascades'][string], around: Surroundings): Promise<CascadeAgent> {
  const { providers, configFile, setup, onStoreFailure } = around;
  const { runs, storesOf, breakers } = around.lasting.state;
  const { quality, budgets, calibration: calibrationFile, cache, ...rest } = file;
  const stores = storesOf(name);
  const calibration = calibrationFile === undefined ? undefined : parseCalibration(JSON.parse(await readFile(resolve(dirname(configFile), calibrationFile), 'utf8')));
  const sessions = createSessionRouting(stores.sessions, calibration);
  const options = {
    ...rest,
    providers,
    ...setup,
    router: sessions.router,
    ...(quality !== undefined && { quality: typeof quality === 'number' ? { minProbability: quality } : quality }),
    onEvent(event: CascadeEvent) {
      runs.onEvent(event);
      sessions.onEvent(event);
      around.telemetry?.(event);
    },
    ...(budgets && { budgets: { rules: budgets, store: stores.budgets, ...(onStoreFailure && { onStoreFailure }) } }),
    ...(cache && { cache: { store: stores.answers, ...(cache.ttlMs !== undefined && { ttlMs: cache.ttlMs }) } }),
    ...(breakers && { resilience: { breaker: { board: breakers } } }),
    ...(calibration && { calibration }),
  };
  try {
    return cascade(options as CascadeOptions);
  } catch (error) {
    if (error instanceof InvalidOptionsError) throw new InvalidOptionsError(`cascades.${name}`, error.message, { cause: error });
    throw error;
  }
}
