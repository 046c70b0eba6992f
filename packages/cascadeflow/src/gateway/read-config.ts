import { readFile } from 'node:fs/promises';
import { CascadeError, InvalidOptionsError } from '@cascadeflow/contract';
import { tellIssue, toPath } from '@cascadeflow/gateway';
import type { Environment } from '../provider-table.ts';
import { fileSchema, type GatewayFile } from './config-schema.ts';

/**
 * Reads a configuration file, YAML or JSON, and puts the environment's values where it says `${NAME}`.
 * @throws CascadeError when it cannot be read, InvalidOptionsError with the path of the bad field.
 */
export async function readConfig(file: string, env: Environment): Promise<GatewayFile> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    throw new CascadeError('invalid-data', `${file}: ${(error as Error).message}; \`cascadeflow init\` writes one to begin with`, { cause: error });
  }
  try {
    return await parseConfig(text, env);
  } catch (error) {
    if (error instanceof InvalidOptionsError) throw new InvalidOptionsError(error.path, `${error.message.slice(error.path === '' ? 0 : error.path.length + 2)} (in ${file})`);
    throw error;
  }
}

/** The configuration a text holds, JSON or YAML. */
export async function parseConfig(text: string, env: Environment): Promise<GatewayFile> {
  const parsed = fileSchema.safeParse(withEnvironment(parseJson(text) ?? (await parseYaml(text)), env, []));
  if (parsed.success) return parsed.data;
  const { path, message } = tellIssue(parsed.error);
  throw new InvalidOptionsError(path, message);
}

/** Undefined where it is none. JSON is YAML too, and YAML's parser takes longer to load than the rest of the command. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function parseYaml(text: string): Promise<unknown> {
  const { parse, YAMLParseError } = await import('yaml');
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof YAMLParseError) throw new InvalidOptionsError('', error.message);
    throw error;
  }
}

/** Values are put in after parsing, so that none of them can change the file's structure. */
function withEnvironment(value: unknown, env: Environment, path: readonly (string | number)[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => withEnvironment(item, env, [...path, index]));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withEnvironment(item, env, [...path, key])]));
  if (typeof value !== 'string') return value;
  return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
    const found = env[name];
    if (found === undefined || found === '') throw new InvalidOptionsError(toPath(path), `the environment has no ${name}`);
    return found;
  });
}
