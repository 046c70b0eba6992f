import type { ReasoningEffort } from '@cascadeflow/contract';
import type { ChatFamily } from './quirks.ts';

type Efforts = { readonly [effort in ReasoningEffort]?: string };

const lowToHigh: Efforts = { low: 'low', medium: 'medium', high: 'high' };
const minimalToHigh: Efforts = { minimal: 'minimal', ...lowToHigh };
const noneToHigh: Efforts = { none: 'none', ...lowToHigh };

/** What OpenAI's reasoning models refuse, after the published schema and the reasoning guide. */
const reasoning = {
  maxTokens: 'max_completion_tokens',
  temperature: false,
  topP: false,
  topLogprobs: false,
  stop: 0,
  systemRole: 'developer',
  reasoningEffort: lowToHigh,
  defaultEffort: 'medium',
} as const;

/** OpenAI's own models. Sources: the OpenAPI schema that the official SDK is generated from, and the reasoning guide. */
export const openaiFamilies: readonly ChatFamily[] = [
  { name: 'openai', match: /^(?:ft:)?(?:gpt-|chatgpt-|o\d)/, quirks: { strictSubset: true, prefill: 'none' } },
  { name: 'gpt-3.5', match: /^(?:ft:)?gpt-3\.5/, quirks: { json: 'object', images: false } },
  { name: 'gpt-4-classic', match: /^gpt-4(?:-\d{4}|-32k|-turbo|-vision|$)/, quirks: { json: 'object' } },
  { name: 'gpt-4-text', match: /^gpt-4(?:-\d{4}|-32k|$)/, quirks: { images: false } },
  { name: 'o-series', match: /^o\d/, quirks: { ...reasoning, parallelToolCalls: false } },
  { name: 'o1-preview', match: /^o1-(?:mini|preview)/, quirks: { systemRole: 'user', reasoningEffort: false, tools: false, json: 'none' } },
  { name: 'o-series-text', match: /^(?:o1-mini|o1-preview|o3-mini)/, quirks: { images: false } },
  { name: 'gpt-5', match: /^gpt-5(?:-|$)(?!chat)/, quirks: { ...reasoning, reasoningEffort: minimalToHigh } },
  { name: 'gpt-5-pro', match: /^gpt-5-pro/, quirks: { reasoningEffort: { high: 'high' }, defaultEffort: 'high' } },
  {
    name: 'gpt-5.1-and-later',
    match: /^gpt-5\.\d/,
    quirks: {
      ...reasoning,
      temperature: 'without-reasoning',
      topP: 'without-reasoning',
      topLogprobs: 'without-reasoning',
      reasoningEffort: noneToHigh,
    },
  },
  { name: 'gpt-5.1-5.2', match: /^gpt-5\.[12]/, quirks: { defaultEffort: 'none' } },
  { name: 'gpt-5.x-pro', match: /^gpt-5\.\d+-pro/, quirks: { reasoningEffort: { medium: 'medium', high: 'high' }, defaultEffort: 'medium' } },
  { name: 'gpt-6', match: /^gpt-[6-9]/, quirks: { ...reasoning } },
  { name: 'gpt-6-none', match: /^gpt-6(?:-sol|-luna|\.1-terra)/, quirks: { reasoningEffort: noneToHigh } },
  { name: 'gpt-chat', match: /^(?:gpt-5-chat|chatgpt-|gpt-chat)/, quirks: { maxTokens: 'max_completion_tokens' } },
];

/** Open and foreign models behind OpenAI-compatible servers, whoever serves them. Sources: model cards and the vendors' pages. */
export const openFamilies: readonly ChatFamily[] = [
  { name: 'gpt-oss', match: /gpt-oss/, quirks: { reasoningEffort: lowToHigh, defaultEffort: 'medium', images: false } },
  {
    name: 'deepseek-api',
    match: /^deepseek-(?:chat|v[34])/,
    quirks: { json: 'object', images: false, stop: 16, seed: false, placeholderLogprobs: true, prefill: 'none', parallelToolCalls: false },
  },
  {
    name: 'deepseek-reasoner',
    match: /^deepseek-reasoner/,
    quirks: { json: 'object', images: false, temperature: false, topP: false, topLogprobs: false, seed: false, stop: 16, parallelToolCalls: false },
  },
  { name: 'deepseek-r1', match: /deepseek-?r1/i, quirks: { inlineThinking: true, images: false } },
  { name: 'qwq', match: /qwq|qwen3?.*thinking/i, quirks: { inlineThinking: true } },
  { name: 'mistral', match: /(?:mi[sx]tral|ministral|codestral|devstral|magistral|pixtral)/i, quirks: { toolCallId: { pattern: /^[a-zA-Z0-9]{9}$/, length: 9 } } },
  { name: 'mistral-template', match: /(?:mistral|mixtral)-?\dx?\d*b-instruct-v0\.[12]|Mistral-7B-Instruct-v0\.[12]|Mixtral-8x7B/i, quirks: { mergeRoles: true, systemRole: 'user' } },
  { name: 'gemma', match: /gemma-?[23]?-/i, quirks: { mergeRoles: true, systemRole: 'user', tools: false } },
  { name: 'gemini', match: /^(?:models\/)?gemini/, quirks: { seed: false, topLogprobs: false, user: false, reasoningEffort: { none: 'none', ...minimalToHigh } } },
  { name: 'grok', match: /^grok-/, quirks: { topLogprobs: 8, reasoningEffort: false } },
  { name: 'grok-reasoning', match: /^grok-(?:3-mini|4(?!.*non-reasoning))/, quirks: { stop: 0, topLogprobs: false } },
  { name: 'grok-3-mini', match: /^grok-3-mini/, quirks: { reasoningEffort: { low: 'low', high: 'high' }, defaultEffort: 'low' } },
];
