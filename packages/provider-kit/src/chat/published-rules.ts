/**
 * What vendors publish about the fields a family of models takes, written down apart from the tables the translation uses, so that one can be
 * held against the other in tests. Sources: the OpenAPI schema behind the official SDKs of OpenAI and their pages on reasoning and structured
 * outputs; DeepSeek's, Mistral's, xAI's and Gemini's pages on their OpenAI-compatible endpoints; model cards of open models.
 */
export interface PublishedRules {
  readonly model: string;
  /** Top-level fields that are known; any other is an error. */
  readonly fields: ReadonlySet<string>;
  /** Known fields that this family refuses. */
  readonly refused?: readonly string[];
  /** Fields taken only when the effort is `none`, sent or by default. */
  readonly onlyWithoutReasoning?: readonly string[];
  readonly efforts?: readonly string[];
  readonly defaultEffort?: string;
  readonly maxStop?: number;
  readonly maxTopLogprobs?: number;
  readonly roles?: readonly string[];
  readonly formats?: readonly string[];
  readonly images?: boolean;
  readonly toolCallId?: RegExp;
  /** Roles must alternate after the instructions. */
  readonly alternates?: boolean;
}

const common = [
  'model', 'messages', 'stream', 'stream_options', 'temperature', 'top_p', 'max_tokens', 'stop', 'tools', 'tool_choice', 'response_format', 'seed',
  'logprobs', 'top_logprobs', 'user', 'parallel_tool_calls', 'n', 'presence_penalty', 'frequency_penalty', 'logit_bias',
];
const openai = new Set([...common, 'max_completion_tokens', 'reasoning_effort', 'safety_identifier', 'store', 'metadata', 'service_tier', 'verbosity']);
const compatible = new Set([...common, 'reasoning_effort']);
const without = (fields: ReadonlySet<string>, ...left: readonly string[]) => new Set([...fields].filter((field) => !left.includes(field)));

const reasoner = {
  fields: openai,
  refused: ['temperature', 'top_p', 'logprobs', 'top_logprobs', 'max_tokens', 'stop', 'presence_penalty', 'frequency_penalty'],
  efforts: ['low', 'medium', 'high'],
  roles: ['developer', 'user', 'assistant', 'tool'],
};
const anyFormat = ['json_object', 'json_schema'];

/** One entry per family. */
export const publishedRules: readonly PublishedRules[] = [
  { model: 'gpt-4o-mini', fields: openai, refused: ['reasoning_effort'], formats: anyFormat },
  { model: 'gpt-4.1', fields: openai, refused: ['reasoning_effort'], formats: anyFormat },
  { model: 'gpt-4-turbo', fields: openai, refused: ['reasoning_effort'], formats: ['json_object'] },
  { model: 'gpt-4', fields: openai, refused: ['reasoning_effort'], formats: ['json_object'], images: false },
  { model: 'gpt-3.5-turbo', fields: openai, refused: ['reasoning_effort'], formats: ['json_object'], images: false },
  { model: 'gpt-5-chat-latest', fields: openai, refused: ['reasoning_effort', 'max_tokens'], formats: anyFormat },
  { model: 'o1', ...reasoner, refused: [...reasoner.refused, 'parallel_tool_calls'], formats: anyFormat },
  { model: 'o3-mini', ...reasoner, refused: [...reasoner.refused, 'parallel_tool_calls'], images: false, formats: anyFormat },
  { model: 'o4-mini', ...reasoner, refused: [...reasoner.refused, 'parallel_tool_calls'], formats: anyFormat },
  { model: 'gpt-5-mini', ...reasoner, efforts: ['minimal', 'low', 'medium', 'high'], formats: anyFormat },
  { model: 'gpt-5-pro', ...reasoner, efforts: ['high'], formats: anyFormat },
  {
    model: 'gpt-5.1', ...reasoner, refused: ['max_tokens', 'stop'], efforts: ['none', 'low', 'medium', 'high'], defaultEffort: 'none',
    onlyWithoutReasoning: ['temperature', 'top_p', 'logprobs', 'top_logprobs'], formats: anyFormat,
  },
  {
    model: 'gpt-5.4', ...reasoner, refused: ['max_tokens', 'stop'], efforts: ['none', 'low', 'medium', 'high'], defaultEffort: 'medium',
    onlyWithoutReasoning: ['temperature', 'top_p', 'logprobs', 'top_logprobs'], formats: anyFormat,
  },
  { model: 'gpt-6-astra', ...reasoner, formats: anyFormat },
  { model: 'deepseek-chat', fields: without(compatible, 'seed', 'user', 'parallel_tool_calls', 'reasoning_effort'), formats: ['json_object'], maxStop: 16, images: false },
  {
    model: 'deepseek-reasoner', fields: without(compatible, 'seed', 'user', 'parallel_tool_calls', 'reasoning_effort'),
    refused: ['temperature', 'top_p', 'logprobs', 'top_logprobs'], formats: ['json_object'], maxStop: 16, images: false,
  },
  {
    model: 'mistral-large-latest', fields: new Set([...without(compatible, 'seed', 'user', 'logprobs', 'top_logprobs', 'stream_options', 'reasoning_effort'), 'random_seed']),
    formats: anyFormat, toolCallId: /^[a-zA-Z0-9]{9}$/,
  },
  { model: 'gemini-2.5-flash', fields: without(compatible, 'seed', 'user', 'logprobs', 'top_logprobs', 'parallel_tool_calls'), efforts: ['none', 'minimal', 'low', 'medium', 'high'], formats: anyFormat },
  { model: 'grok-4', fields: without(compatible, 'logprobs', 'top_logprobs'), refused: ['stop', 'reasoning_effort', 'presence_penalty'], formats: anyFormat },
  { model: 'grok-3', fields: without(compatible, 'reasoning_effort'), maxTopLogprobs: 8, formats: anyFormat },
  { model: 'mistralai/Mixtral-8x7B-Instruct-v0.1', fields: compatible, refused: ['reasoning_effort'], roles: ['user', 'assistant', 'tool'], alternates: true, toolCallId: /^[a-zA-Z0-9]{9}$/ },
  { model: 'google/gemma-2-9b-it', fields: compatible, refused: ['tools', 'tool_choice', 'parallel_tool_calls', 'reasoning_effort'], roles: ['user', 'assistant', 'tool'], alternates: true },
  { model: 'openai/gpt-oss-20b', fields: compatible, efforts: ['low', 'medium', 'high'], images: false },
];

interface WireMessage {
  readonly role: string;
  readonly content: unknown;
  readonly tool_calls?: readonly { readonly id: string }[];
  readonly tool_call_id?: string;
}

/** What the family would object to in a body; empty when nothing. */
export function findObjections(body: { readonly [field: string]: unknown }, rules: PublishedRules): string[] {
  const objections: string[] = [];
  const object = (condition: boolean, text: string) => void (condition && objections.push(text));
  const effort = (body['reasoning_effort'] as string | undefined) ?? rules.defaultEffort;
  for (const field of Object.keys(body)) {
    object(!rules.fields.has(field), `unknown field ${field}`);
    object(rules.refused?.includes(field) === true, `refuses ${field}`);
    object(rules.onlyWithoutReasoning?.includes(field) === true && effort !== 'none', `refuses ${field} at effort ${effort}`);
  }
  if ('reasoning_effort' in body) object(rules.efforts?.includes(String(body['reasoning_effort'])) !== true, `no effort ${String(body['reasoning_effort'])}`);
  object(((body['stop'] as readonly string[] | undefined)?.length ?? 0) > (rules.maxStop ?? 4), 'too many stop sequences');
  object(Number(body['top_logprobs'] ?? 0) > (rules.maxTopLogprobs ?? 20), 'too many alternatives');
  object('top_logprobs' in body && body['logprobs'] !== true, 'top_logprobs without logprobs');
  object('stream_options' in body && body['stream'] !== true, 'stream_options without stream');
  object(Number(body['temperature'] ?? 0) > 2, 'temperature above 2');
  object('tool_choice' in body && !('tools' in body), 'tool_choice without tools');
  object('parallel_tool_calls' in body && !('tools' in body), 'parallel_tool_calls without tools');
  object('max_tokens' in body && 'max_completion_tokens' in body, 'two ceilings');
  const format = (body['response_format'] as { type?: string } | undefined)?.type;
  object(format !== undefined && rules.formats?.includes(format) === false, `no response format ${format}`);
  const messages = body['messages'] as readonly WireMessage[];
  object(format === 'json_object' && !/json/i.test(JSON.stringify(messages)), 'JSON mode without the word JSON');
  messages.forEach((message, index) => {
    object(rules.roles ? !rules.roles.includes(message.role) : message.role === 'developer', `no role ${message.role}`);
    object(rules.alternates === true && message.role !== 'tool' && messages[index - 1]?.role === message.role, `two ${message.role} messages in a row`);
    object(rules.images === false && JSON.stringify(message.content ?? '').includes('image_url'), 'images');
    const ids = [...(message.tool_calls ?? []).map((call) => call.id), ...(message.tool_call_id === undefined ? [] : [message.tool_call_id])];
    object(rules.toolCallId !== undefined && ids.some((id) => rules.toolCallId?.test(id) === false), 'tool call id');
  });
  return objections;
}
