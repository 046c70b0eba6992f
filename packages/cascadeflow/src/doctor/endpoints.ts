import type { Subject } from './subject.ts';

/** Where a provider lists its models. */
export interface Endpoint {
  readonly url: string;
  readonly headers: { readonly [name: string]: string };
  /** Names in the answer; empty where it says nothing of the kind. */
  readonly read: (body: unknown) => readonly string[];
}

interface Place {
  readonly baseURL: string;
  readonly variable: string;
  readonly path?: string;
}

/** Addresses the providers use by default. */
const places: { readonly [type: string]: Place } = {
  openai: { baseURL: 'https://api.openai.com/v1', variable: 'OPENAI_API_KEY' },
  anthropic: { baseURL: 'https://api.anthropic.com', variable: 'ANTHROPIC_API_KEY', path: '/v1/models?limit=1000' },
  groq: { baseURL: 'https://api.groq.com/openai/v1', variable: 'GROQ_API_KEY' },
  together: { baseURL: 'https://api.together.xyz/v1', variable: 'TOGETHER_API_KEY' },
  huggingface: { baseURL: 'https://router.huggingface.co/v1', variable: 'HF_TOKEN' },
  litellm: { baseURL: 'http://127.0.0.1:4000/v1', variable: 'LITELLM_API_KEY' },
  ollama: { baseURL: 'http://127.0.0.1:11434', variable: 'OLLAMA_API_KEY', path: '/api/tags' },
  vllm: { baseURL: '', variable: 'VLLM_API_KEY' },
};

/** Where to ask for a subject's models; `undefined` when no address is known. */
export function asEndpoint({ type, baseURL, env }: Subject): Endpoint | undefined {
  const { variable = `${type.toUpperCase().replaceAll('-', '_')}_API_KEY`, path = '/models', ...place } = (Object.hasOwn(places, type) && places[type]) || { baseURL: '' };
  const base = (baseURL ?? place.baseURL).replace(/\/+$/, '');
  if (base === '') return undefined;
  const key = env[variable]?.trim();
  const root = path === '/models' ? base : base.replace(/\/(?:v1|api)$/, '');
  const authorization: { [name: string]: string } = type === 'anthropic' ? { 'x-api-key': key ?? '', 'anthropic-version': '2023-06-01' } : key ? { authorization: `Bearer ${key}` } : {};
  return { url: root + path, headers: authorization, read: readNames };
}

/** `{ data: [{ id }] }` as OpenAI and Anthropic say it, `{ models: [{ name }] }` as Ollama does, or a bare list as Together does. */
function readNames(body: unknown): readonly string[] {
  const { data, models } = (typeof body === 'object' && body !== null ? body : {}) as { data?: unknown; models?: unknown };
  const list = [body, data, models].find((value) => Array.isArray(value)) as readonly unknown[] | undefined;
  return (list ?? []).flatMap((entry) => {
    const { id, name } = (typeof entry === 'object' && entry !== null ? entry : {}) as { id?: unknown; name?: unknown };
    return [id, name].filter((value) => typeof value === 'string');
  });
}
