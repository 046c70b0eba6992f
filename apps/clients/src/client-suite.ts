import type { Checks } from '@cascadeflow/real/checks';
import type { World } from './world.ts';

/** What a client is checked for. Each member throws when the client did not get what it was due. */
export interface ClientSuite {
  readonly name: string;
  /** A whole answer, and what the gateway says about it. */
  text(): Promise<void>;
  /** The same in pieces. */
  stream(): Promise<void>;
  /** A tool call and its result, there and back. */
  tools(): Promise<void>;
  structured(): Promise<void>;
  /** The client's own error classes, for a bad request, an unknown model and a wrong key. */
  errors(): Promise<void>;
  /** A client that leaves in mid-stream; the runner then looks whether the upstream saw it go. */
  abort(): Promise<void>;
}

/** Builds a suite for a gateway. */
export type OpenSuite = (world: World) => ClientSuite;

const parts = ['text', 'stream', 'tools', 'structured', 'errors', 'abort'] as const;

/** Runs every part of a suite. */
export async function runSuite({ check }: Checks, suite: ClientSuite, afterAbort: () => Promise<void>): Promise<void> {
  for (const part of parts) {
    await check(`${suite.name}: ${part}`, async () => {
      await suite[part]();
      if (part === 'abort') await afterAbort();
    });
  }
}

/** The tool that the clients offer, as a JSON schema. */
export const weatherSchema = { type: 'object', properties: { city: { type: 'string' } }, required: ['city'], additionalProperties: false } as const;

/** The shape that the clients ask for. */
export const placeSchema = {
  type: 'object',
  properties: { city: { type: 'string' }, country: { type: 'string' } },
  required: ['city', 'country'],
  additionalProperties: false,
} as const;

/** A key that no gateway has given out. */
export const wrongKey = 'cf-not-a-key';
