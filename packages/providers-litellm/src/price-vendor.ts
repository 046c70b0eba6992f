/** Names of vendors in LiteLLM's model names, and in the price table. */
const vendors: { readonly [prefix: string]: string } = {
  anthropic: 'anthropic',
  azure: 'azure',
  cerebras: 'cerebras',
  cohere: 'cohere',
  cohere_chat: 'cohere',
  deepseek: 'deepseek',
  fireworks_ai: 'fireworks',
  gemini: 'google',
  groq: 'groq',
  mistral: 'mistral',
  moonshot: 'moonshotai',
  openai: 'openai',
  perplexity: 'perplexity',
  together_ai: 'together',
  vertex_ai: 'google',
  xai: 'x-ai',
  zai: 'zai',
};

/** Vendors whose models can be told by their name alone. */
const byName: readonly (readonly [RegExp, string])[] = [
  [/^(?:gpt-|o\d|chatgpt-)/, 'openai'],
  [/^claude-/, 'anthropic'],
  [/^gemini-/, 'google'],
  [/^deepseek-/, 'deepseek'],
  [/^grok-/, 'x-ai'],
];

/** Splits LiteLLM's `vendor/model` into the price table's names. An alias that names no vendor is looked up by its own name. */
export function findVendor(name: string): { readonly vendor: string | undefined; readonly model: string } {
  const slash = name.indexOf('/');
  const vendor = slash === -1 ? undefined : vendors[name.slice(0, slash)];
  if (vendor !== undefined) return { vendor, model: name.slice(slash + 1) };
  return { vendor: byName.find(([pattern]) => pattern.test(name))?.[1], model: name };
}
