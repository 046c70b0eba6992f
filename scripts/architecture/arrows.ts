/**
 * Which of our packages a package may depend on, by folder name. A name that ends in `*` stands for all that begin so.
 * This table is the map in CONTRIBUTING.md; a new kind of package is a line here and a sentence there.
 */
const ARROWS: Readonly<Record<string, readonly string[] | 'anything'>> = {
  contract: [],
  quality: ['contract'],
  routing: ['contract'],
  semantic: ['contract'],
  'provider-kit': ['contract'],
  calibration: ['contract'],
  testing: ['contract'],
  core: ['contract', 'quality', 'routing'],
  'providers-*': ['contract', 'provider-kit'],
  'integrations-*': ['contract', 'core'],
  // One bundle with all it needs: n8n installs nothing beside it.
  'integrations-n8n': ['contract', 'core', 'quality', 'routing', 'provider-kit', 'integrations-langchain'],
  gateway: ['contract', 'core'],
  redis: ['contract', 'core'],
  postgres: ['contract', 'gateway'],
  telemetry: ['contract', 'core'],
  guardrails: ['contract', 'core'],
  cascadeflow: 'anything',
};

/** Arrows that one file alone may draw: core picks its default judge and router there, and nowhere else. */
export const ONLY_IN: ReadonlyArray<{ from: string; to: readonly string[]; file: string }> = [
  { from: 'core', to: ['quality', 'routing'], file: 'packages/core/src/defaults.ts' },
];

/** Run on Bun, Deno and edge runtimes too, so they import nothing of Node. */
export const RUNTIME_NEUTRAL: readonly string[] = ['contract', 'core', 'quality', 'routing'];

/** What the package in this folder may depend on; `undefined` when the map has no place for it. */
export function arrowsFrom(folder: string): readonly string[] | 'anything' | undefined {
  const [parent, short = ''] = folder.split(/\/(?=[^/]+$)/);
  if (parent !== 'packages') return 'anything';
  const exact = ARROWS[short];
  if (exact) return exact;
  const family = Object.keys(ARROWS).find((name) => name.endsWith('*') && short.startsWith(name.slice(0, -1)));
  return family ? ARROWS[family] : undefined;
}
