import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { WorkspacePackage } from '../workspace.ts';
import { arrowsFrom, ONLY_IN, RUNTIME_NEUTRAL } from './arrows.ts';
import { isTestFile, type SourceFacts } from './read-source.ts';

/** A package with what was read of its sources. */
export interface PackageFacts extends WorkspacePackage {
  files: SourceFacts[];
}

/** "No source file over 300 lines": from there on nobody reads it whole. */
export const MAX_LINES = 300;

const SPEAKS_TO_THE_OUTSIDE = new Set(['packages/cascadeflow']);

/** Trains the tables that packages ship, with the very code that reads them, so it may look past exports. */
const LOOKS_INSIDE = new Set(['apps/bench']);

function packageOf(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}

/** Dependencies that come along for a user. */
function shippedDependencies({ manifest }: WorkspacePackage): string[] {
  return Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies });
}

function checkArrow(from: PackageFacts, to: PackageFacts, where: string): string[] {
  if (from === to) return [];
  const allowed = arrowsFrom(from.folder);
  if (allowed === undefined) return [`${from.folder}: has no place in scripts/architecture/arrows.ts`];
  if (allowed !== 'anything' && !allowed.includes(to.short)) return [`${where}: ${from.short} may not depend on ${to.short}`];
  const only = ONLY_IN.find((rule) => rule.from === from.short && rule.to.includes(to.short));
  return only && where.includes('/src/') && where !== only.file ? [`${where}: only ${only.file} may import ${to.short}`] : [];
}

function checkImport(owner: PackageFacts, file: SourceFacts, specifier: string, ours: Map<string, PackageFacts>): string[] {
  const { path } = file;
  const isTest = isTestFile(path);
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    return target.startsWith(`${owner.folder}/`) || LOOKS_INSIDE.has(owner.folder) ? [] : [`${path}: ${specifier} reaches out of the package`];
  }
  if (isBuiltin(specifier)) {
    const refused = !isTest && owner.folder.startsWith('packages/') && RUNTIME_NEUTRAL.includes(owner.short);
    return refused ? [`${path}: imports ${specifier}, which edge runtimes and Deno do not have`] : [];
  }
  const name = packageOf(specifier);
  // A bundle carries its dependencies within, so it declares them for its build alone.
  const isBundle = owner.folder.startsWith('packages/') && owner.manifest.type !== 'module';
  const declared = new Set([...shippedDependencies(owner), ...(isTest || isBundle ? Object.keys(owner.manifest.devDependencies ?? {}) : []), owner.manifest.name]);
  const isHoisted = isTest && name === 'vitest';
  const offenders = declared.has(name) || isHoisted ? [] : [`${path}: imports ${name}, which ${owner.folder}/package.json does not declare for it`];
  const target = ours.get(name);
  if (!target) return offenders;
  if (specifier.includes('/src/') && !LOOKS_INSIDE.has(owner.folder)) offenders.push(`${path}: ${specifier} goes past the exports of ${name}`);
  return isTest ? offenders : [...offenders, ...checkArrow(owner, target, path)];
}

function checkFile(owner: PackageFacts, file: SourceFacts): string[] {
  const offenders = file.switchedOff.map((comment) => `${file.path}: ${comment} switches a rule off`);
  if (isTestFile(file.path)) return offenders;
  if (file.lines > MAX_LINES) offenders.push(`${file.path}: ${file.lines} lines, at most ${MAX_LINES}`);
  if (owner.folder.startsWith('packages/') && !SPEAKS_TO_THE_OUTSIDE.has(owner.folder)) {
    offenders.push(...file.globals.map((name) => `${file.path}: uses ${name}, which only apps and packages/cascadeflow may`));
  }
  return offenders;
}

/** Every offender against the map and the house rules, one line each. Empty when all arrows point the right way. */
export function findOffenders(packages: readonly PackageFacts[]): string[] {
  const ours = new Map(packages.map((entry) => [entry.manifest.name, entry]));
  const offenders = packages.flatMap((owner) => [
    ...(arrowsFrom(owner.folder) === undefined ? [`${owner.folder}: has no place in scripts/architecture/arrows.ts`] : []),
    ...shippedDependencies(owner).flatMap((name) => {
      const target = ours.get(name);
      return target ? checkArrow(owner, target, `${owner.folder}/package.json`) : [];
    }),
    ...owner.files.flatMap((file) => [
      ...file.imports.flatMap((specifier) => checkImport(owner, file, specifier, ours)),
      ...checkFile(owner, file),
    ]),
  ]);
  return [...new Set(offenders)];
}
