import { type ModelRequest, type ReasoningEffort, type ToolChoice, toText } from '@cascadeflow/contract';
import { isStrictSchema } from '../strict-schema.ts';
import type { WireBody } from '../wire/wire-model.ts';
import type { ChatQuirks } from './quirks.ts';
import { toChatMessages } from './to-chat-messages.ts';

const effortOrder: readonly ReasoningEffort[] = ['none', 'minimal', 'low', 'medium', 'high'];

/** Translates a request for one model of one vendor. */
export function toChatBody(model: string, request: ModelRequest, quirks: ChatQuirks, stream: boolean): WireBody {
  const warnings: string[] = [];
  const body: Record<string, unknown> = { model };
  const instruction = addResponseFormat(body, request, quirks, warnings);
  body['messages'] = toChatMessages(request.messages, quirks, warnings, instruction);
  if (stream) {
    body['stream'] = true;
    if (quirks.streamUsage) body['stream_options'] = { include_usage: true };
  }
  if (request.maxTokens !== undefined) body[quirks.maxTokens] = request.maxTokens;
  const reasons = addReasoning(body, request, quirks, warnings);
  addSampling(body, request, quirks, reasons, warnings);
  if (request.tools?.length) addTools(body, request, quirks, warnings);
  if (request.user !== undefined && quirks.user !== false) body[quirks.user] = request.user;
  if (request.messages.at(-1)?.role === 'assistant' && quirks.prefill === 'continue-final-message') {
    body['continue_final_message'] = true;
    body['add_generation_prompt'] = false;
  }
  if (quirks.extra) Object.assign(body, quirks.extra);
  if (request.extra) Object.assign(body, request.extra);
  return { body, warnings };
}

/** True when the model will think before it answers, which some sampling parameters do not go with. */
function addReasoning(body: Record<string, unknown>, request: ModelRequest, quirks: ChatQuirks, warnings: string[]): boolean {
  const asked = request.reasoningEffort;
  if (quirks.reasoningEffort === false) {
    if (asked !== undefined && asked !== 'none') warnings.push('reasoningEffort is not sent: the model takes none');
    return false;
  }
  if (asked === undefined) return quirks.defaultEffort !== 'none';
  const nearest = findNearest(asked, quirks.reasoningEffort);
  if (nearest === undefined) return true;
  if (nearest !== asked) warnings.push(`reasoningEffort ${asked} is sent as ${nearest}: the nearest the model takes`);
  body['reasoning_effort'] = quirks.reasoningEffort[nearest];
  return nearest !== 'none';
}

function findNearest(asked: ReasoningEffort, known: { readonly [effort in ReasoningEffort]?: string }): ReasoningEffort | undefined {
  const at = effortOrder.indexOf(asked);
  return effortOrder
    .filter((effort) => known[effort] !== undefined)
    .toSorted((a, b) => Math.abs(effortOrder.indexOf(a) - at) - Math.abs(effortOrder.indexOf(b) - at))[0];
}

function addSampling(body: Record<string, unknown>, request: ModelRequest, quirks: ChatQuirks, reasons: boolean, warnings: string[]): void {
  const takes = <Rule>(rule: Rule | 'without-reasoning', plain: Rule): Rule | false => (rule !== 'without-reasoning' ? rule : reasons ? false : plain);
  const refuse = (name: string) => void warnings.push(`${name} is not sent: the model refuses it${reasons ? ' while it reasons' : ''}`);

  const hottest = takes<number | false>(quirks.temperature, 2);
  if (request.temperature !== undefined) {
    if (hottest === false) refuse('temperature');
    else body['temperature'] = Math.min(request.temperature, hottest);
    if (hottest !== false && request.temperature > hottest) warnings.push(`temperature ${request.temperature} is sent as ${hottest}, the model's highest`);
  }
  if (request.topP !== undefined) {
    if (takes<boolean>(quirks.topP, true)) body['top_p'] = request.topP;
    else refuse('topP');
  }
  if (request.stop?.length) {
    if (quirks.stop === 0) refuse('stop');
    else body['stop'] = request.stop.slice(0, quirks.stop);
    if (quirks.stop > 0 && request.stop.length > quirks.stop) warnings.push(`only the first ${quirks.stop} stop sequences are sent`);
  }
  if (request.seed !== undefined) {
    if (quirks.seed) body['seed'] = request.seed;
    else refuse('seed');
  }
  const most = takes<number | false>(quirks.topLogprobs, 20);
  if (request.topLogprobs === undefined || most === false) return;
  const count = Math.min(request.topLogprobs, most);
  if (quirks.logprobsField === 'count') body['logprobs'] = Math.max(1, count);
  else {
    body['logprobs'] = true;
    if (count > 0) body['top_logprobs'] = count;
  }
}

function addTools(body: Record<string, unknown>, request: ModelRequest, quirks: ChatQuirks, warnings: string[]): void {
  if (!quirks.tools) return void warnings.push('tools are not sent: the model takes none');
  body['tools'] = request.tools?.map(({ name, description, parameters }) => ({
    type: 'function',
    function: { name, ...(description !== undefined && { description }), parameters },
  }));
  if (request.toolChoice !== undefined) body['tool_choice'] = toToolChoice(request.toolChoice, quirks, warnings);
  if (request.parallelToolCalls !== undefined) {
    if (quirks.parallelToolCalls) body['parallel_tool_calls'] = request.parallelToolCalls;
    else warnings.push('parallelToolCalls is not sent: the model takes no such field');
  }
}

function toToolChoice(choice: ToolChoice, quirks: ChatQuirks, warnings: string[]): unknown {
  if (choice === 'auto' || choice === 'none') return choice;
  if (!quirks.forcedTool) {
    warnings.push('toolChoice is sent as auto: the model cannot be made to call a tool');
    return 'auto';
  }
  return typeof choice === 'string' ? choice : { type: 'function', function: { name: choice.name } };
}

/** Sets the form of the answer; gives back what the model must be told where the server cannot enforce it. */
function addResponseFormat(body: Record<string, unknown>, request: ModelRequest, quirks: ChatQuirks, warnings: string[]): string | undefined {
  const format = request.responseFormat;
  if (!format || format.type === 'text') return undefined;
  if (format.type === 'json-schema' && quirks.json === 'schema') {
    const strict = format.strict ?? (!quirks.strictSubset || isStrictSchema(format.schema));
    if (!strict && format.strict === undefined) warnings.push('the JSON schema is sent without strict: it is outside the strict subset');
    body['response_format'] = { type: 'json_schema', json_schema: { name: format.name ?? 'answer', schema: format.schema, strict } };
    return undefined;
  }
  if (quirks.json !== 'none') body['response_format'] = { type: 'json_object' };
  if (format.type === 'json-schema') {
    warnings.push('the JSON schema is put into the instructions: the model cannot be held to it');
    return `Answer with one JSON object, and nothing else, that is valid under this JSON Schema:\n${JSON.stringify(format.schema)}`;
  }
  // JSON mode is refused unless the conversation speaks of JSON.
  const asksForJson = quirks.json !== 'none' && request.messages.some((message) => /json/i.test(toText(message).slice(0, 20_000)));
  return asksForJson ? undefined : 'Answer with one JSON object and nothing else.';
}
