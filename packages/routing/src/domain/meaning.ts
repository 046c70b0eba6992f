import { cosine, lastUserText, type Assessment, type Domain, type Embedder, type ModelRequest } from '@cascadeflow/contract';
import { assessDomain } from './assess-domain.ts';

/** What a request means: its domain by words and meaning, and how often cheap models fail on the nearest example prompts, 0 to 1. */
export interface Meant {
  readonly domain: Assessment<Domain>;
  readonly failure?: number;
}

/** Assessments that also look at meaning. */
export interface Meaning {
  assess(request: ModelRequest, signal?: AbortSignal): Promise<Meant>;
}

/** Characters of a turn that are embedded: small models read no further. */
const embeddedChars = 1000;
/** Sharpness of similarities to centroids before they become probabilities; fitted with {@link share} on the labelled set. */
const sharpness = 10;
/** Part of the probability that comes from meaning; the rest comes from words. */
const share = 0.2;
/** Sharpness for levels; chosen on mmlu_pro and MATH levels. */
const levelSharpness = 20;
const topLabels = 3;
/** Share of failures of cheap models that a level stands for: the middle of its range. */
const levelFailure = { trivial: 0.03, simple: 0.14, moderate: 0.3, hard: 0.5, expert: 0.72 } as const;

interface Centroid<Label extends string> {
  readonly label: Label;
  readonly vector: Float32Array;
}

interface Centroids {
  readonly domains: readonly Centroid<Domain>[];
  readonly levels: readonly Centroid<keyof typeof levelFailure>[];
}

/**
 * Adds meaning to the estimates from words and form: the turn is compared with the centre of example prompts of each domain and of each level,
 * embedded once by the same embedder, whichever it is. An embedder that fails leaves the assessment by words alone; the next request asks again.
 */
export function createMeaning(embedder: Embedder): Meaning {
  let loading: Promise<Centroids> | undefined;
  return {
    async assess(request, signal) {
      const words = await assessDomain(request);
      const text = lastUserText(request.messages).slice(0, embeddedChars);
      if (words.label === 'multimodal' || words.confidence === 0 || text === '') return { domain: words };
      loading ??= loadCentroids(embedder);
      const found = await Promise.all([loading, embedder.embed([text], signal && { signal })]).catch(() => undefined);
      if (!found) loading = undefined;
      const vector = found?.[1][0];
      if (!found || !vector?.some((value) => value !== 0)) return { domain: words };
      const { domains, levels } = found[0];
      const near = nearness(levels, vector, levelSharpness);
      return { domain: mix(words, domains, vector), failure: levels.reduce((sum, { label }, index) => sum + (near[index] ?? 0) * levelFailure[label], 0) };
    },
  };
}

async function loadCentroids(embedder: Embedder): Promise<Centroids> {
  const file = await import('../weights/exemplars.json', { with: { type: 'json' } });
  const { exemplars, levels } = file.default;
  return { domains: await toCentroids(embedder, exemplars), levels: await toCentroids(embedder, levels) };
}

async function toCentroids<Label extends string>(embedder: Embedder, examples: { readonly [Name in Label]: readonly string[] }): Promise<Centroid<Label>[]> {
  const groups = Object.entries(examples) as [Label, readonly string[]][];
  const vectors = await embedder.embed(groups.flatMap(([, texts]) => texts));
  let at = 0;
  return groups.map(([label, texts]) => {
    const sum = new Float32Array(embedder.dimensions);
    for (let index = 0; index < texts.length; index++) vectors[at++]?.forEach((value, dimension) => (sum[dimension] = (sum[dimension] ?? 0) + value));
    const length = Math.hypot(...sum) || 1;
    return { label, vector: sum.map((value) => value / length) };
  });
}

/** How near each centroid is, as shares that add up to 1. */
function nearness(centroids: readonly Centroid<string>[], vector: Float32Array, sharp: number): number[] {
  const weights = centroids.map((centroid) => Math.exp(sharp * cosine(centroid.vector, vector)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
}

function mix(words: Assessment<Domain>, centroids: readonly Centroid<Domain>[], vector: Float32Array): Assessment<Domain> {
  const near = nearness(centroids, vector, sharpness);
  const mixed = centroids.map(({ label }, index) => {
    const byWords = words.top?.find((entry) => entry.label === label)?.probability ?? 0;
    return { label, probability: (1 - share) * byWords + share * (near[index] ?? 0) };
  });
  mixed.sort((a, b) => b.probability - a.probability);
  const best = mixed[0];
  return best ? { label: best.label, confidence: best.probability, top: mixed.slice(0, topLabels) } : words;
}
