import { toText } from '@cascadeflow/contract';
import { toDecision, toDecisionHeaders, toWarningHeader } from '../decision.ts';
import { readBody } from '../http/read-body.ts';
import { type Reply, toJsonReply } from '../http/respond.ts';
import { fromAnthropicMessages } from '../wire/anthropic-messages.ts';
import { fromMessagesBody } from '../wire/anthropic-request.ts';
import { toAnthropicMessage } from '../wire/anthropic-response.ts';
import { type CountBody, countSchema, messagesSchema } from '../wire/anthropic-schema.ts';
import { AnthropicStream } from '../wire/anthropic-stream.ts';
import { parseWire } from '../wire/parse.ts';
import { chooseFor, type Exchange, readTerms } from './exchange.ts';
import { streamRuns } from './stream-runs.ts';

/** `POST /v1/messages`. */
export async function answerMessages(exchange: Exchange): Promise<Reply> {
  const body = parseWire(messagesSchema, await readBody(exchange.request, exchange.limits));
  const choice = chooseFor(exchange, body.model);
  const { hints, terms } = readTerms(exchange, choice);
  const asked = fromMessagesBody(body, choice.models);
  const options = { ...asked.options, ...terms };
  const warnings = [...hints.warnings, ...asked.warnings];
  if (body.stream) {
    const runs = [choice.agent.streamEvents(asked.messages, options)];
    return streamRuns(exchange, runs, new AnthropicStream(estimateInput(body, exchange), hints.details), warnings);
  }
  const result = await choice.agent.run(asked.messages, options);
  const headers = { ...exchange.headers, ...toDecisionHeaders(toDecision(result), warnings) };
  return toJsonReply(toAnthropicMessage(result, hints.details), 200, headers);
}

/** `POST /v1/messages/count_tokens`: an estimate, and it says so. */
export async function countTokens(exchange: Exchange): Promise<Reply> {
  const body = parseWire(countSchema, await readBody(exchange.request, exchange.limits));
  chooseFor(exchange, body.model);
  const headers = { ...exchange.headers, ...toWarningHeader(['input_tokens is estimated, not counted by the vendor']) };
  return toJsonReply({ input_tokens: estimateInput(body, exchange) }, 200, headers);
}

/** Tokens of one image: about what Claude takes for one of 1000 by 1000 pixels (width × height / 750, the vendor's page on vision). */
const imageTokens = 1334;

function estimateInput(body: CountBody, { estimateTokens }: Exchange): number {
  let tokens = body.tools ? estimateTokens(JSON.stringify(body.tools)) : 0;
  for (const message of fromAnthropicMessages(body)) {
    tokens += estimateTokens(toText(message));
    if (message.role === 'assistant') for (const call of message.toolCalls ?? []) tokens += estimateTokens(call.name + call.arguments);
    if (message.role === 'user' && typeof message.content !== 'string') tokens += imageTokens * message.content.filter((part) => part.type === 'image').length;
  }
  return Math.max(1, tokens);
}
