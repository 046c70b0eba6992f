import { createSseReader } from '../wire/sse.ts';
import type { RefusalRules } from '../wire/refused-field.ts';
import type { Wire } from '../wire/wire-model.ts';
import type { WireHeaders } from '../wire/wire-response.ts';
import { ChatTranslator } from './chat-translator.ts';
import type { ChatQuirks } from './quirks.ts';
import { toChatBody } from './to-chat-body.ts';

/** Fields of Chat Completions that a server may refuse by name. Tools and messages are never dropped. */
const chatRefusals: RefusalRules = {
  droppable: {
    max_tokens: 'max_completion_tokens',
    max_completion_tokens: 'max_tokens',
    temperature: undefined,
    top_p: undefined,
    stop: undefined,
    seed: undefined,
    logprobs: undefined,
    top_logprobs: undefined,
    parallel_tool_calls: undefined,
    reasoning_effort: undefined,
    user: undefined,
    safety_identifier: undefined,
    stream_options: undefined,
    response_format: undefined,
  },
  together: { logprobs: 'top_logprobs' },
  silent: new Set(['stream_options']),
};

/** The wire of OpenAI's Chat Completions for one model. `readCost` reads what a server says a call cost, in USD. */
export function createChatWire(model: string, quirks: ChatQuirks, readCost?: (headers: WireHeaders) => number | undefined): Wire {
  return {
    toBody: (request, stream) => toChatBody(model, request, quirks, stream),
    createReader: createSseReader,
    createTranslator: ({ context, headers, warnings }) => new ChatTranslator({ context, quirks, warnings, reportedCost: readCost?.(headers) }),
    refusals: chatRefusals,
  };
}
