import { type CascadeResult, cosine, type Embedder, type KeyValueStore, lastUserText } from '@cascadeflow/contract';
import type { Run } from './run.ts';
import { withinTime } from './within-time.ts';

/** Where answers are kept and when one is given again. */
export interface CacheOptions {
  /** Default: the latest 1 000 answers in this process's memory. */
  readonly store?: KeyValueStore;
  /** Milliseconds an answer is kept. Default one hour. */
  readonly ttlMs?: number;
  /** Also gives the answer to another question that means the same; everything but the last user message must be equal. */
  readonly semantic?: {
    readonly embedder: Embedder;
    /** Least cosine of the two questions, 0 to 1. Default 0.97: at that closeness wording differs, not meaning; numbers must be equal besides. */
    readonly minSimilarity?: number;
  };
}

/** Answers kept in memory by default. */
export const defaultCacheSize = 1000;

/** A store that does not answer within this time is done without. */
const storeTimeoutMs = 2000;

const defaultTtlMs = 3_600_000;
const defaultSimilarity = 0.97;
/** Questions compared per context, latest first. */
const neighbours = 500;

/** An agent's answers, for giving again. */
export interface ResponseCache {
  /** The kept result for this request, or `undefined`. */
  find(run: Run): Promise<CascadeResult | undefined>;
  keep(run: Run, result: CascadeResult): Promise<void>;
}

interface Question {
  readonly key: string;
  readonly vector: Float32Array;
  readonly numbers: string;
}

/** A cache over a store. A store or embedder that fails costs a warning, never the run. */
export function createResponseCache(options: CacheOptions & { readonly store: KeyValueStore }): ResponseCache {
  const { store, ttlMs = defaultTtlMs, semantic } = options;
  const contexts = new Map<string, Question[]>();

  const nearest = async (run: Run): Promise<string | undefined> => {
    if (!semantic) return undefined;
    const question = lastUserText(run.opened.request.messages);
    const [vector] = await semantic.embedder.embed([question]);
    const known = contexts.get(await contextOf(run)) ?? [];
    let best: Question | undefined;
    let bestSimilarity = semantic.minSimilarity ?? defaultSimilarity;
    for (const candidate of known) {
      const similarity = vector ? cosine(vector, candidate.vector) : 0;
      if (similarity >= bestSimilarity && candidate.numbers === numbersOf(question)) [best, bestSimilarity] = [candidate, similarity];
    }
    return best?.key;
  };

  const remember = async (run: Run, key: string): Promise<void> => {
    if (!semantic) return;
    const question = lastUserText(run.opened.request.messages);
    const [vector] = await semantic.embedder.embed([question]);
    if (!vector) return;
    const context = await contextOf(run);
    const known = [{ key, vector, numbers: numbersOf(question) }, ...(contexts.get(context) ?? [])].slice(0, neighbours);
    contexts.delete(context);
    contexts.set(context, known);
    if (contexts.size > defaultCacheSize) contexts.delete(contexts.keys().next().value as string);
  };

  const look = async (run: Run): Promise<unknown> => {
    const exact = await store.get(await keyOf(run));
    if (exact !== undefined) return exact;
    const near = await nearest(run);
    return near === undefined ? undefined : store.get(near);
  };
  const write = async (run: Run, result: CascadeResult): Promise<void> => {
    const key = await keyOf(run);
    await store.set(key, result, { ttlMs });
    await remember(run, key);
  };

  return {
    async find(run) {
      if (!isCacheable(run)) return undefined;
      try {
        return (await withinTime(run, look(run), storeTimeoutMs)) as CascadeResult | undefined;
      } catch (error) {
        if (run.stopped) return undefined;
        run.warn(`the response cache could not be read (${(error as Error).name})`);
        return undefined;
      }
    },
    async keep(run, result) {
      if (!isCacheable(run) || result.degraded || result.finishReason.unified !== 'stop') return;
      try {
        await withinTime(run, write(run, result), storeTimeoutMs);
      } catch (error) {
        run.warnings.push(`the response cache could not be written (${(error as Error).name})`);
      }
    },
  };
}

/** Tools may have effects and their results change, so requests with tools are always asked anew. */
function isCacheable(run: Run): boolean {
  return run.opened.options.cache !== false && run.opened.tools.length === 0;
}

function keyOf(run: Run): Promise<string> {
  return hash(run, run.opened.request.messages.map(({ role, content }) => [role, tidy(content)]));
}

function contextOf(run: Run): Promise<string> {
  const { messages } = run.opened.request;
  const last = messages.findLastIndex((message) => message.role === 'user');
  return hash(run, messages.filter((_, index) => index !== last).map(({ role, content }) => [role, tidy(content)]));
}

/** SHA-256 over everything that shapes an answer, so that two different requests never share one. */
async function hash(run: Run, messages: unknown): Promise<string> {
  const { messages: _, user: __, ...request } = run.opened.request;
  const models = run.settings.tiers.map((tier) => [tier.info.provider, tier.info.name]);
  const { target } = run.opened;
  const text = JSON.stringify([messages, request, models, target, run.opened.options.forceModel ?? null]);
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return `answer:${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
}

/** Line ends and outer spaces do not make another question. */
function tidy(content: unknown): unknown {
  return typeof content === 'string' ? content.replaceAll('\r\n', '\n').trim() : content;
}

/** An embedder hardly sees numbers, so they are compared by themselves. */
function numbersOf(text: string): string {
  return (text.match(/\d+(?:[.,]\d+)*/g) ?? []).join(' ');
}
