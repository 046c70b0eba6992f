import { InvalidOptionsError, type Message, type ModelRequest, type ResponseFormat, type ToolDefinition } from '@cascadeflow/contract';
import { checkFunction, checkKeys, checkNumber, checkOneOf, checkText, describe } from '../check.ts';
import { checkShared } from '../check-shared.ts';
import type { Mutable } from '../mutable.ts';
import type { RunInput, RunOptions, SchemaFormat, SecondOpinionOptions } from '../options.ts';
import type { RunRequest } from '../run.ts';
import { isStandardSchema, toJsonSchema } from '../schema.ts';
import type { Settings } from '../settings.ts';

const runKeys = new Set<string>([
  'signal', 'deadlineMs', 'system', 'temperature', 'topP', 'maxTokens', 'stop', 'seed', 'reasoningEffort', 'tools', 'toolChoice', 'parallelToolCalls',
  'maxSteps', 'onApproval', 'responseFormat', 'topLogprobs', 'forceModel', 'metadata', 'sessionId', 'user', 'budgetKey', 'cache', 'quality', 'secondOpinion', 'release',
  'speculation', 'extra',
] satisfies (keyof RunOptions)[]);

/**
 * Checks what is asked and puts it into one shape.
 * @throws InvalidOptionsError naming the path of the bad field and the fix, before any call is made.
 */
export function openRequest(settings: Settings, input: RunInput, options: RunOptions, hasReader: boolean): RunRequest {
  checkRunOptions(settings, options);
  const { temperature, topP, maxTokens, stop, seed, reasoningEffort, tools, toolChoice, parallelToolCalls, topLogprobs, user, extra } = options;
  const format = options.responseFormat && toResponseFormat(options.responseFormat);
  const request: Mutable<ModelRequest> = { messages: openMessages(input, options.system ?? settings.system) };
  if (temperature !== undefined) request.temperature = temperature;
  if (topP !== undefined) request.topP = topP;
  if (maxTokens !== undefined) request.maxTokens = maxTokens;
  if (stop) request.stop = stop;
  if (seed !== undefined) request.seed = seed;
  if (reasoningEffort) request.reasoningEffort = reasoningEffort;
  if (tools && tools.length > 0) request.tools = tools.map(toDefinition);
  if (toolChoice !== undefined) request.toolChoice = toolChoice;
  if (parallelToolCalls !== undefined) request.parallelToolCalls = parallelToolCalls;
  if (format) request.responseFormat = format;
  if (topLogprobs !== undefined) request.topLogprobs = topLogprobs;
  if (user !== undefined) request.user = user;
  if (extra) request.extra = extra;
  return {
    request,
    options,
    tools: tools ?? [],
    target: options.quality ?? settings.quality,
    secondOpinion: options.secondOpinion === undefined ? settings.secondOpinion : toSecondOpinion(options.secondOpinion),
    release: options.release ?? settings.release,
    speculation: options.speculation ?? settings.speculation,
    deadlineMs: options.deadlineMs ?? settings.deadlineMs,
    hasReader,
  };
}

/** Either form of the option as the long one. */
export function toSecondOpinion(opinion: NonNullable<RunOptions['secondOpinion']>): SecondOpinionOptions {
  return typeof opinion === 'string' ? { when: opinion } : opinion;
}

function checkRunOptions(settings: Settings, options: RunOptions): void {
  checkKeys(options, '', runKeys);
  checkShared(options as unknown as Record<string, unknown>);
  checkNumber(options.temperature, 'temperature', { min: 0, max: 2 });
  checkNumber(options.topP, 'topP', { above: 0, max: 1 });
  checkNumber(options.maxTokens, 'maxTokens', { min: 1, whole: true });
  checkNumber(options.seed, 'seed', { whole: true });
  checkNumber(options.maxSteps, 'maxSteps', { min: 1, whole: true });
  checkNumber(options.topLogprobs, 'topLogprobs', { min: 0, max: 20, whole: true });
  checkOneOf(options.reasoningEffort, 'reasoningEffort', ['none', 'minimal', 'low', 'medium', 'high']);
  checkFunction(options.onApproval, 'onApproval');
  checkSignal(options.signal);
  if (options.tools) checkTools(options);
  const { forceModel } = options;
  if (forceModel === undefined || settings.tiers.some((tier) => tier.info.name === forceModel)) return;
  throw new InvalidOptionsError('forceModel', `no model named ${describe(forceModel)}; configured are ${settings.tiers.map((tier) => tier.info.name).join(', ')}`);
}

function checkSignal(signal: unknown): void {
  if (signal === undefined || (signal !== null && typeof signal === 'object' && 'aborted' in signal)) return;
  throw new InvalidOptionsError('signal', `expected an AbortSignal, got ${describe(signal)}`);
}

function checkTools(options: RunOptions): void {
  const names = new Set<string>();
  options.tools?.forEach((tool, index) => {
    checkText(tool?.name, `tools[${index}].name`);
    if (names.has(tool.name)) throw new InvalidOptionsError(`tools[${index}].name`, `two tools are named ${describe(tool.name)}`);
    names.add(tool.name);
    if (tool.parameters === null || typeof tool.parameters !== 'object') {
      throw new InvalidOptionsError(`tools[${index}].parameters`, 'expected a JSON Schema object; make tools of library schemas with tool({ … })');
    }
  });
  const { toolChoice } = options;
  if (typeof toolChoice === 'object' && !names.has(toolChoice.name)) throw new InvalidOptionsError('toolChoice.name', `no tool named ${describe(toolChoice.name)}`);
}

function openMessages(input: RunInput, system: string | undefined): readonly Message[] {
  if (typeof input === 'string') {
    checkText(input, 'prompt');
    return system === undefined ? [{ role: 'user', content: input }] : [{ role: 'system', content: system }, { role: 'user', content: input }];
  }
  if (!Array.isArray(input)) throw new InvalidOptionsError('prompt', `expected a text or a list of messages, got ${describe(input)}`);
  if (input.length === 0) throw new InvalidOptionsError('messages', 'must not be empty');
  input.forEach(checkMessage);
  if (!input.some((message: Message) => message.role !== 'system')) throw new InvalidOptionsError('messages', 'there are only system messages; add what the user says');
  const hasSystem = input.some((message: Message) => message.role === 'system');
  // Always a list of our own: callers go on with theirs, and what is remembered of this one must stay true.
  return system === undefined || hasSystem ? input.slice() : [{ role: 'system', content: system }, ...input];
}

function checkMessage(message: Message, index: number): void {
  const path = `messages[${index}]`;
  if (message === null || typeof message !== 'object') throw new InvalidOptionsError(path, `expected a message, got ${describe(message)}`);
  checkOneOf(message.role ?? 'missing', `${path}.role`, ['system', 'user', 'assistant', 'tool']);
  const { content } = message;
  if (message.role === 'user' && (content === '' || (Array.isArray(content) && content.length === 0))) throw new InvalidOptionsError(`${path}.content`, 'must not be empty');
  if (typeof content !== 'string' && !(Array.isArray(content) && message.role !== 'assistant' && message.role !== 'tool')) {
    throw new InvalidOptionsError(`${path}.content`, `expected ${message.role === 'user' ? 'a text or a list of parts' : 'a text'}, got ${describe(content)}`);
  }
  if (message.role === 'tool') checkText(message.toolCallId, `${path}.toolCallId`);
}

function toDefinition(tool: NonNullable<RunOptions['tools']>[number]): ToolDefinition {
  const { name, description, parameters, risk, annotations } = tool;
  return { name, parameters, ...(description !== undefined && { description }), ...(risk && { risk }), ...(annotations && { annotations }) };
}

function toResponseFormat(format: ResponseFormat | SchemaFormat<unknown>): ResponseFormat {
  if ('type' in format) {
    checkOneOf(format.type, 'responseFormat.type', ['text', 'json', 'json-schema']);
    if (format.type === 'json-schema' && (format.schema === null || typeof format.schema !== 'object')) throw new InvalidOptionsError('responseFormat.schema', 'expected a JSON Schema object');
    return format;
  }
  if (!isStandardSchema(format.schema)) throw new InvalidOptionsError('responseFormat', "give { type: 'json' }, { type: 'json-schema', schema } or { schema } of a validation library");
  return { type: 'json-schema', schema: toJsonSchema(format.schema, 'responseFormat.schema'), ...(format.name !== undefined && { name: format.name }) };
}
