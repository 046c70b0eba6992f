import type { ModelRequest } from '@cascadeflow/contract';
import type { CallOptions, PromptMessage, SpecVersion } from '../spec/language-model.ts';
import { toPrompt } from '../translate/to-prompt.ts';
import type { RunContext } from './run-context.ts';

/** Options of one call of a language model: the caller's own, with what the engine asks beyond them. */
export function toCallOptions(request: ModelRequest, context: RunContext | undefined, version: SpecVersion, provider: string, signal: AbortSignal | undefined): CallOptions {
  const { temperature, topP, maxTokens, stop, seed } = request;
  const prompt: PromptMessage[] = toPrompt(request.messages, context?.origins, context?.version ?? 'v4', version, provider);
  return {
    ...(context ? context.options : ownOptions(request, version)),
    prompt,
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxOutputTokens: maxTokens }),
    ...(stop && { stopSequences: [...stop] }),
    ...(seed !== undefined && { seed }),
    ...(signal && { abortSignal: signal }),
  };
}

/** Tools and form of a request that did not come from the AI SDK: a model that is asked to judge. */
function ownOptions({ tools, toolChoice, responseFormat }: ModelRequest, version: SpecVersion): Omit<CallOptions, 'prompt'> {
  const format =
    responseFormat === undefined || responseFormat.type === 'text' ? undefined
    : responseFormat.type === 'json' ? { type: 'json' as const }
    : { type: 'json' as const, schema: responseFormat.schema, ...(responseFormat.name !== undefined && { name: responseFormat.name }) };
  return {
    ...(format && { responseFormat: format }),
    ...(tools && tools.length > 0 && {
      tools: tools.map(({ name, description, parameters }) => ({ type: 'function' as const, name, inputSchema: parameters, ...(description !== undefined && { description }) })),
      toolChoice: typeof toolChoice === 'object' ? { type: 'tool' as const, toolName: toolChoice.name } : { type: toolChoice ?? 'auto' },
    }),
    ...(version === 'v2' && { headers: {} }),
  } as Omit<CallOptions, 'prompt'>;
}
