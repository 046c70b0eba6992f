import { cosine, lastUserText, type Assessment, type Domain, type Embedder, type ModelRequest } from '@cascadeflow/contract';
import { assessDomain } from './assess-domain.ts';

/** Assessments that also look at meaning. */
export interface Meaning {
  assessDomain(request: ModelRequest, signal?: AbortSignal): Promise<Assessment<Domain>>;
}

/** Characters of a turn that are embedded: small models read no further. */
const embeddedChars = 1000;
/** Sharpness of similarities to centroids before they become probabilities; fitted with {@link share} on the labelled set. */
const sharpness = 10;
/** Part of the probability that comes from meaning; the rest comes from words. */
const share = 0.2;
const topLabels = 3;

interface Centroid {
  readonly domain: Domain;
  readonly vector: Float32Array;
}

/**
 * Adds meaning to the domain classifier: the turn is compared with the centre of example prompts of each domain, embedded once by the same
 * embedder, whichever it is. An embedder that fails leaves the assessment by words alone.
 */
export function createMeaning(embedder: Embedder): Meaning {
  let loading: Promise<readonly Centroid[]> | undefined;
  return {
    async assessDomain(request, signal) {
      const words = await assessDomain(request);
      const text = lastUserText(request.messages).slice(0, embeddedChars);
      if (words.label === 'multimodal' || words.confidence === 0 || text === '') return words;
      loading ??= loadCentroids(embedder);
      const [centroids, [vector]] = await Promise.all([loading, embedder.embed([text], signal && { signal })]);
      return vector ? mix(words, centroids, vector) : words;
    },
  };
}

async function loadCentroids(embedder: Embedder): Promise<readonly Centroid[]> {
  const file = await import('../weights/exemplars.json', { with: { type: 'json' } });
  const exemplars = Object.entries(file.default.exemplars) as [Domain, string[]][];
  const vectors = await embedder.embed(exemplars.flatMap(([, texts]) => texts));
  let at = 0;
  return exemplars.map(([domain, texts]) => {
    const sum = new Float32Array(embedder.dimensions);
    for (let index = 0; index < texts.length; index++) vectors[at++]?.forEach((value, dimension) => (sum[dimension] = (sum[dimension] ?? 0) + value));
    const length = Math.hypot(...sum) || 1;
    return { domain, vector: sum.map((value) => value / length) };
  });
}

function mix(words: Assessment<Domain>, centroids: readonly Centroid[], vector: Float32Array): Assessment<Domain> {
  const weights = centroids.map((centroid) => Math.exp(sharpness * cosine(centroid.vector, vector)));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mixed = centroids.map(({ domain }, index) => {
    const byWords = words.top?.find((entry) => entry.label === domain)?.probability ?? 0;
    return { label: domain, probability: (1 - share) * byWords + (share * (weights[index] ?? 0)) / total };
  });
  mixed.sort((a, b) => b.probability - a.probability);
  const best = mixed[0];
  return best ? { label: best.label, confidence: best.probability, top: mixed.slice(0, topLabels) } : words;
}
