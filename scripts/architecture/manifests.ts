import type { WorkspacePackage } from '../workspace.ts';

const CONDITIONS = ['@cascadeflow/source', 'types', 'default'];

/** A built entry needs its three conditions in this order, all for the same module; a data file is a plain path. */
function checkExport(where: string, path: string, target: unknown): string[] {
  if (typeof target === 'string') return [];
  const entry = target as Record<string, string>;
  if (Object.keys(entry).join() !== CONDITIONS.join()) return [`${where}: exports["${path}"] must have ${CONDITIONS.join(', ')} in this order`];
  const name = /^\.\/dist\/(.+)\.js$/.exec(entry['default'] ?? '')?.[1];
  const fits = name !== undefined && entry['types'] === `./dist/${name}.d.ts` && entry['@cascadeflow/source'] === `./src/${name}.ts`;
  return fits ? [] : [`${where}: exports["${path}"] must lead to ./src/x.ts, ./dist/x.d.ts and ./dist/x.js of one x`];
}

/** What the package.json of a published package lacks to be used by strangers. */
export function checkManifest({ folder, manifest }: WorkspacePackage): string[] {
  const where = `${folder}/package.json`;
  if (manifest.private || !folder.startsWith('packages/')) return [];
  const offenders: string[] = [];
  if (!manifest.description) offenders.push(`${where}: no description`);
  if (manifest.license !== 'MIT') offenders.push(`${where}: license must be MIT`);
  if (!manifest.keywords?.length) offenders.push(`${where}: no keywords`);
  if (manifest.publishConfig?.access !== 'public' || !manifest.publishConfig.provenance) offenders.push(`${where}: publishConfig must be { "access": "public", "provenance": true }`);
  if (!manifest.files?.includes('dist')) offenders.push(`${where}: files must name dist`);
  if (!manifest.engines?.['node']) offenders.push(`${where}: engines must name the Node it runs on`);
  if (manifest.type !== 'module') return offenders; // the n8n bundle, which has a build of its own
  if (manifest.sideEffects !== false) offenders.push(`${where}: sideEffects must be false`);
  return [...offenders, ...Object.entries(manifest.exports ?? {}).flatMap(([path, target]) => checkExport(where, path, target))];
}
