import type { CascadeEvent, CascadeResult } from '@cascadeflow/contract';
import { type Decision, toDecision, toDecisionHeaders } from '../decision.ts';
import { GatewayError } from '../errors/gateway-error.ts';
import { readBody } from '../http/read-body.ts';
import { type Reply, toJsonReply } from '../http/respond.ts';
import { fromChatBody } from '../wire/openai-chat-request.ts';
import { toChatCompletion, toChatId } from '../wire/openai-chat-response.ts';
import { chatSchema } from '../wire/openai-chat-schema.ts';
import { ChatChoiceStream, chatDone, type ChunkFrame, toChunk } from '../wire/openai-chat-stream.ts';
import { toChatUsage } from '../wire/openai-chat-usage.ts';
import { parseWire, withoutNulls } from '../wire/parse.ts';
import { chooseFor, type Exchange, readTerms } from './exchange.ts';
import { type StreamTranslator, streamRuns } from './stream-runs.ts';

/** `POST /v1/chat/completions`. */
export async function answerChat(exchange: Exchange): Promise<Reply> {
  const body = parseWire(chatSchema, withoutNulls(await readBody(exchange.request, exchange.limits)));
  const choice = chooseFor(exchange, body.model);
  const { choices: most } = exchange.limits;
  const count = body.n ?? 1;
  if (count > most) throw new GatewayError('invalid-request', `n: must be at most ${most}`, { param: 'n' });
  const { hints, terms } = readTerms(exchange, choice, body.metadata);
  const asked = fromChatBody(body, choice.models);
  const options = { ...asked.options, ...terms, ...(count > 1 && { cache: false }) };
  const warnings = [...hints.warnings, ...asked.warnings];
  if (body.stream) {
    const runs = Array.from({ length: count }, () => choice.agent.streamEvents(asked.messages, options));
    const translator = new ChatStream(exchange.createdAt, count, body.stream_options?.include_usage === true, hints.details);
    return streamRuns(exchange, runs, translator, warnings);
  }
  const run = () => choice.agent.run(asked.messages, options);
  try {
    const results = count === 1 ? [await run()] : await Promise.all(Array.from({ length: count }, run));
    const headers = { ...exchange.headers, ...toDecisionHeaders(count === 1 ? toDecision(results[0] as CascadeResult) : sumDecisions(results), warnings) };
    return toJsonReply(toChatCompletion(results, exchange.createdAt, hints.details), 200, headers);
  } finally {
    // Where one of several runs has failed, the others are of no use.
    if (count > 1) exchange.abort();
    exchange.leave();
  }
}

/** The first run's decision with the money of all. */
function sumDecisions(results: readonly CascadeResult[]): Decision {
  const { cost: _, saved: __, ...first } = toDecision(results[0] as CascadeResult);
  const sum = (read: (result: CascadeResult) => number | undefined) =>
    results.reduce<number | undefined>((total, result) => (total === undefined || read(result) === undefined ? undefined : total + (read(result) as number)), 0);
  const cost = sum((result) => result.totalCost);
  const saved = sum((result) => result.costSaved);
  return { ...first, ...(cost !== undefined && { cost }), ...(saved !== undefined && { saved }) };
}

/** The stream of one request: a choice for each run, then usage, details and the end mark. */
class ChatStream implements StreamTranslator {
  readonly vendor = 'openai';
  readonly keepAlive = ': keep-alive\n\n';
  readonly #choices: readonly (ChatChoiceStream | undefined)[];
  readonly #frame: { -readonly [Field in keyof ChunkFrame]: ChunkFrame[Field] };
  readonly #results: CascadeResult[] = [];
  readonly #details: boolean;

  constructor(created: number, count: number, withUsage: boolean, details: boolean) {
    this.#frame = { id: '', created, withUsage };
    this.#choices = Array.from({ length: count }, (_, index) => new ChatChoiceStream(this.#frame, index));
    this.#details = details;
  }

  take(event: CascadeEvent, run: number): string {
    if (this.#frame.id === '') this.#frame.id = toChatId(event.runId);
    if (event.type === 'cascade-end') this.#results[run] = event.result;
    return this.#choices[run]?.take(event) ?? '';
  }

  end(): string {
    const model = this.#results[0]?.modelUsed ?? '';
    const usage = this.#frame.withUsage ? toChatUsage(this.#results) : undefined;
    const details = this.#details ? this.#results.map((result) => `: cascade ${JSON.stringify(toDecision(result))}\n\n`).join('') : '';
    return (usage ? toChunk(this.#frame, model, [], usage) : '') + details + chatDone;
  }
}
