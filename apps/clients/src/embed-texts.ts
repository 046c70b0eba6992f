// Run by embedder-runtimes.ts in another runtime: prints the vectors of three texts. No network is there to be asked.
import { createEmbedder } from '@cascadeflow/semantic';

globalThis.fetch = () => {
  throw new Error('the embedder asked the network');
};
const vectors = await createEmbedder().embed(['How do I bake bread?', 'A recipe for sourdough', 'Le prix de l’or \ud800']);
console.log(JSON.stringify(vectors.map((vector) => [...vector])));
