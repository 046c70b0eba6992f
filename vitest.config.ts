import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const folders = ['packages', 'apps', 'docs/examples'].flatMap((parent) =>
  existsSync(parent) ? readdirSync(parent).map((name) => ({ name: parent === 'packages' ? name : `${parent}/${name}`, root: `${parent}/${name}` })) : [],
);

// Those of Node, after the one that leads to sources. Not `module`: builds under it are for bundlers, and Node cannot load some.
const conditions = ['@cascadeflow/source', 'node', 'development|production'];

/** One project per workspace package, named after its folder; packages resolve to their source, so nothing is built before a test. */
export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // A machine with other work to do is no failure.
    testTimeout: 20_000,
    hookTimeout: 20_000,
    projects: [
      { extends: true, root: 'scripts', test: { name: 'scripts' } },
      ...folders
        .filter(({ root }) => existsSync(`${root}/package.json`))
        .map(({ name, root }) => (['ts', 'mts'].some((kind) => existsSync(`${root}/vitest.config.${kind}`)) ? root : { extends: true as const, root, test: { name } })),
    ],
  },
});
