import { existsSync, readdirSync } from 'node:fs';
import { defineConfig } from 'vitest/config';

const folders = ['packages', 'apps', 'docs/examples'].flatMap((parent) =>
  existsSync(parent) ? readdirSync(parent).map((name) => ({ name, root: `${parent}/${name}` })) : [],
);

/** One project per workspace package, named after its folder; packages resolve to their source, so nothing is built before a test. */
export default defineConfig({
  resolve: { conditions: ['@cascadeflow/source'] },
  ssr: { resolve: { conditions: ['@cascadeflow/source'] } },
  test: {
    projects: folders
      .filter(({ root }) => existsSync(`${root}/package.json`))
      .map(({ name, root }) => ({ extends: true as const, root, test: { name: root.startsWith('packages') ? name : root } })),
  },
});
