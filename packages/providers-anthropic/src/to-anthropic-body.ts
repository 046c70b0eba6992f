import type { JsonSchema, ModelRequest, ReasoningEffort } from '@cascadeflow/contract';
import { addInstruction, isStrictSchema, type WireBody } from '@cascadeflow/provider-kit';
import { type ClaudeRules, findRules } from './families.ts';
import { toAnthropicMessages } from './to-anthropic-messages.ts';

/** Ceiling of output tokens when none is asked for: the wire demands one. Long enough for any ordinary answer; chosen by hand. */
export const defaultMaxTokens = 32_000;

/** Name of the tool that stands in for a JSON schema. */
export const answerTool = 'answer';

/** Tokens of thinking for each effort, for models that take a budget. The least is 1024 by the vendor's rule; the rest chosen by hand. */
const budgets: { readonly [effort in Exclude<ReasoningEffort, 'none'>]: number } = { minimal: 1024, low: 2048, medium: 8192, high: 24_576 };

const leastBudget = 1024;

/** Translates a request for one model. */
export function toAnthropicBody(model: string, provider: string, request: ModelRequest, stream: boolean): WireBody {
  const rules = findRules(model);
  const warnings: string[] = [];
  const body: Record<string, unknown> = { model, max_tokens: toMaxTokens(request, rules, warnings) };
  const thinks = addThinking(body, request, rules, warnings);
  const instruction = addResponseFormat(body, request, rules, thinks, warnings);
  const messages = instruction === undefined ? request.messages : addInstruction(request.messages, instruction);
  const keepThinking = rules.thinking !== 'none' && body['thinking'] !== undefined ? !isOff(body['thinking']) : rules.thinking === 'adaptive';
  Object.assign(body, toAnthropicMessages(withoutPrefill(messages, rules.prefill && !thinks, warnings), provider, keepThinking, warnings));
  if (stream) body['stream'] = true;
  addSampling(body, request, rules, thinks, warnings);
  if (request.tools?.length) addTools(body, request, rules, thinks, warnings);
  if (request.user !== undefined) body['metadata'] = { user_id: request.user };
  if (request.extra) Object.assign(body, request.extra);
  return { body, warnings };
}

function isOff(thinking: unknown): boolean {
  return (thinking as { type?: unknown }).type === 'disabled';
}

function toMaxTokens(request: ModelRequest, rules: ClaudeRules, warnings: string[]): number {
  const asked = request.maxTokens ?? Math.min(defaultMaxTokens, rules.maxOutput);
  if (asked > rules.maxOutput) warnings.push(`maxTokens ${asked} is sent as ${rules.maxOutput}, the model's most`);
  return Math.min(asked, rules.maxOutput);
}

/** Asks for thinking; gives back whether the model will surely think, which some parameters do not go with. */
function addThinking(body: Record<string, unknown>, request: ModelRequest, rules: ClaudeRules, warnings: string[]): boolean {
  const effort = request.reasoningEffort;
  if (effort === undefined) return false;
  if (effort === 'none') {
    if (rules.thinking === 'adaptive' && rules.thinkingOff) body['thinking'] = { type: 'disabled' };
    else if (rules.thinking === 'adaptive') {
      body['output_config'] = { effort: 'low' };
      warnings.push('reasoningEffort none is sent as low: the model always thinks');
      return true;
    }
    return false;
  }
  if (rules.thinking === 'none') {
    warnings.push('reasoningEffort is not sent: the model does not think');
    return false;
  }
  if (rules.thinking === 'adaptive') {
    body['thinking'] = { type: 'adaptive', display: 'summarized' };
    body['output_config'] = { effort: effort === 'minimal' ? 'low' : effort };
    if (effort === 'minimal') warnings.push('reasoningEffort minimal is sent as low: the nearest the model takes');
    return true;
  }
  const budget = Math.min(budgets[effort], (body['max_tokens'] as number) - 1);
  if (budget < leastBudget) {
    warnings.push(`reasoningEffort is not sent: thinking needs maxTokens above ${leastBudget}`);
    return false;
  }
  body['thinking'] = { type: 'enabled', budget_tokens: budget };
  return true;
}

/** Sets the form of the answer; gives back what the model must be told where the server cannot enforce it. */
function addResponseFormat(body: Record<string, unknown>, request: ModelRequest, rules: ClaudeRules, thinks: boolean, warnings: string[]): string | undefined {
  const format = request.responseFormat;
  if (!format || format.type === 'text') return undefined;
  if (format.type === 'json') return 'Answer with one JSON object and nothing else.';
  if (rules.structuredOutput && format.strict !== false && isStrictSchema(format.schema, { allRequired: false })) {
    body['output_config'] = { ...(body['output_config'] as object | undefined), format: { type: 'json_schema', schema: format.schema } };
    return undefined;
  }
  if (!request.tools?.length && !thinks && rules.forcedTool && isObjectSchema(format.schema)) {
    body['tools'] = [{ name: answerTool, description: 'Gives the answer.', input_schema: format.schema }];
    body['tool_choice'] = { type: 'tool', name: answerTool };
    return undefined;
  }
  warnings.push('the JSON schema is put into the instructions: the model cannot be held to it');
  return `Answer with one JSON object, and nothing else, that is valid under this JSON Schema:\n${JSON.stringify(format.schema)}`;
}

function isObjectSchema(schema: JsonSchema): boolean {
  return schema['type'] === 'object';
}

/** Messages without a begun answer where the model takes none: it is told how to begin instead. */
function withoutPrefill(messages: ModelRequest['messages'], takesPrefill: boolean, warnings: string[]): ModelRequest['messages'] {
  const last = messages.at(-1);
  if (last?.role !== 'assistant' || last.toolCalls?.length) return messages;
  // White space at the end of a begun answer is refused.
  if (takesPrefill) return messages.with(-1, { ...last, content: last.content.trimEnd() });
  warnings.push('the begun answer is put into a user message: the model takes no prefill');
  return messages.with(-1, { role: 'user', content: `Begin your answer with exactly this text and go on from there:\n${last.content}` });
}

function addSampling(body: Record<string, unknown>, request: ModelRequest, rules: ClaudeRules, thinks: boolean, warnings: string[]): void {
  const { temperature, topP, stop, seed } = request;
  const refuse = (name: string, why: string) => void warnings.push(`${name} is not sent: ${why}`);
  if (temperature !== undefined) {
    if (rules.sampling === 'none' || thinks) refuse('temperature', thinks ? 'the model refuses it while it thinks' : 'the model refuses it');
    else {
      body['temperature'] = Math.min(temperature, 1);
      if (temperature > 1) warnings.push(`temperature ${temperature} is sent as 1, the model's highest`);
    }
  }
  if (topP !== undefined) {
    if (rules.sampling === 'none' || thinks) refuse('topP', thinks ? 'the model refuses it while it thinks' : 'the model refuses it');
    else if (rules.sampling === 'either' && temperature !== undefined) refuse('topP', 'the model takes it only without temperature');
    else body['top_p'] = topP;
  }
  const visible = stop?.filter((text) => text.trim() !== '') ?? [];
  if (visible.length > 0) body['stop_sequences'] = visible;
  if (visible.length < (stop?.length ?? 0)) warnings.push('stop sequences of white space are not sent: the model refuses them');
  if (seed !== undefined) refuse('seed', 'the model takes none');
}

function addTools(body: Record<string, unknown>, request: ModelRequest, rules: ClaudeRules, thinks: boolean, warnings: string[]): void {
  body['tools'] = request.tools?.map(({ name, description, parameters }) => ({
    name,
    ...(description !== undefined && { description }),
    input_schema: { type: 'object', ...parameters },
  }));
  const choice = request.toolChoice;
  const isForced = choice === 'required' || typeof choice === 'object';
  const cannotForce = isForced && (thinks || !rules.forcedTool);
  if (cannotForce) warnings.push(`toolChoice is sent as auto: the model cannot be made to call a tool${thinks ? ' while it thinks' : ''}`);
  const type = cannotForce || choice === undefined ? 'auto' : typeof choice === 'object' ? 'tool' : choice === 'required' ? 'any' : choice;
  const single = request.parallelToolCalls === false && type !== 'none';
  if (choice === undefined && !single) return;
  body['tool_choice'] = { type, ...(type === 'tool' && typeof choice === 'object' && { name: choice.name }), ...(single && { disable_parallel_tool_use: true }) };
}
