import { toDecision, toDecisionHeaders } from '../decision.ts';
import { readBody } from '../http/read-body.ts';
import { type Reply, toJsonReply } from '../http/respond.ts';
import { parseWire } from '../wire/parse.ts';
import { fromResponsesBody } from '../wire/responses-request.ts';
import { toOutput, toResponse } from '../wire/responses-response.ts';
import { responsesSchema } from '../wire/responses-schema.ts';
import { ResponsesStream } from '../wire/responses-stream.ts';
import { chooseFor, type Exchange, readTerms } from './exchange.ts';
import { streamRuns } from './stream-runs.ts';

/** `POST /v1/responses`. Stateless: nothing is stored, and the whole conversation comes with each request. */
export async function answerResponses(exchange: Exchange): Promise<Reply> {
  const body = parseWire(responsesSchema, await readBody(exchange.request, exchange.limits));
  const choice = chooseFor(exchange, body.model);
  const { hints, terms } = readTerms(exchange, choice, body.metadata);
  const asked = fromResponsesBody(body, choice.models);
  const options = { ...asked.options, ...terms };
  const warnings = [...hints.warnings, ...asked.warnings];
  const frame = { ...body, createdAt: exchange.createdAt };
  if (body.stream) return streamRuns(exchange, [choice.agent.streamEvents(asked.messages, options)], new ResponsesStream(frame, hints.details), warnings);
  const result = await choice.agent.run(asked.messages, options);
  const headers = { ...exchange.headers, ...toDecisionHeaders(toDecision(result), warnings) };
  return toJsonReply(toResponse(frame, result.runId, result.modelUsed, toOutput(result), result, hints.details), 200, headers);
}
