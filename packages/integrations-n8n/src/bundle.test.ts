import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as sdk from './host/ai-node-sdk-doubles.ts';
import { execution } from './host/execution-doubles.ts';
import * as workflow from './host/n8n-workflow-doubles.ts';
import type { CascadeFlow } from './nodes/CascadeFlow/CascadeFlow.node.ts';

const root = resolve(import.meta.dirname, '..');
const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] }; readonly dependencies?: object };
const loaded = [...manifest.n8n.nodes, ...manifest.n8n.credentials];
const hosts: { readonly [name: string]: object } = { 'n8n-workflow': workflow, '@n8n/ai-node-sdk': sdk };
let folder: string;

const path = (file: string) => file.replace(/^dist/, folder);
const scripts = () => readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.js'));

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'cascadeflow-n8n-bundle-'));
  const program = resolve(root, '../../node_modules/tsdown/dist/run.mjs');
  execFileSync(process.execPath, [program, '--out-dir', folder], { cwd: root, stdio: 'pipe' });
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Loads a file as n8n does, in a world that has nothing of Node's but what every JavaScript has on the web. */
function load(file: string): { readonly [name: string]: unknown } {
  const web = { performance, TextEncoder, TextDecoder, AbortController, AbortSignal, URL, Headers, Response, ReadableStream, setTimeout, clearTimeout, setImmediate, queueMicrotask, structuredClone, crypto, atob, btoa, Intl };
  const context = createContext({ ...web });
  const modules = new Map<string, { exports: object }>();
  const requireFrom = (from: string) => (name: string) => {
    if (name.startsWith('.')) return open(join(dirname(from), name));
    if (!(name in hosts)) throw new Error(`${from} requires ${name}`);
    return hosts[name];
  };
  const open = (place: string): object => {
    const file = modules.get(place) ?? { exports: {} };
    if (!modules.has(place)) {
      modules.set(place, file);
      const run = runInContext(`(function (module, exports, require) {${readFileSync(place, 'utf8')}\n})`, context) as (...args: unknown[]) => void;
      run(file, file.exports, requireFrom(place));
    }
    return file.exports;
  };
  return open(path(file)) as { readonly [name: string]: unknown };
}

describe('what n8n loads', () => {
  it('requires nothing but what n8n brings, and its own files', () => {
    const files = scripts();
    expect(files.length).toBeGreaterThanOrEqual(loaded.length);
    for (const file of files) {
      const text = readFileSync(join(folder, file), 'utf8');
      const names = [...text.matchAll(/\brequire\((?:(["'`])(.*?)\1)?/g)].map(([, , name]) => name ?? 'what is not known');
      for (const name of names) expect(name.startsWith('.') ? files : Object.keys(hosts), file).toContain(name.startsWith('.') ? join(dirname(file), name) : name);
      expect(text, file).not.toMatch(/\bimport\s*\(/);
    }
  });

  it('reads no environment', () => {
    // The words stand in one error message of a library that is not told where a key is.
    for (const file of scripts()) expect(readFileSync(join(folder, file), 'utf8').replaceAll('pass { env: process.env }', ''), file).not.toMatch(/\bprocess\s*\.\s*env\b|\bprocess\[/);
  });

  it.each(loaded)('%s gives the class of its name', (file) => {
    const name = /(\w+)\.(?:node|credentials)\.js$/.exec(file)?.[1] ?? '';
    expect(load(file)).toHaveProperty(name, expect.any(Function));
  });

  it('runs there too', async () => {
    const { CascadeFlow: Loaded } = load(manifest.n8n.nodes.find((file) => file.endsWith('/CascadeFlow.node.js')) ?? '') as { readonly CascadeFlow: new () => CascadeFlow };
    const parameters = { operation: 'judge', question: 'What is the capital of Australia?', answer: 'Canberra is the capital of Australia.' };
    const [items] = await new Loaded().execute.call(execution({ parameters }));
    expect(items?.[0]?.json).toMatchObject({ probability: expect.any(Number), reason: expect.any(String) });
  });

  it('has its icons and its codex beside it', () => {
    for (const file of manifest.n8n.nodes) {
      const beside = readdirSync(dirname(path(file)));
      expect(beside).toEqual(expect.arrayContaining([`${file.split('/').at(-1)}on`]));
      expect(JSON.parse(readFileSync(path(`${file}on`), 'utf8'))).toMatchObject({ categories: ['AI'], resources: { primaryDocumentation: [{ url: expect.any(String) }] } });
    }
    for (const file of loaded) {
      const made = new (Object.values(load(file))[0] as new () => { icon?: object; description?: { icon: object } })();
      const images = Object.values(made.icon ?? made.description?.icon ?? {}) as string[];
      expect(images).toHaveLength(2);
      for (const image of images) expect(existsSync(join(dirname(path(file)), image.replace(/^file:/, '')))).toBe(true);
    }
  });

  it('comes without dependencies', () => {
    expect(manifest.dependencies).toBeUndefined();
  });
});
