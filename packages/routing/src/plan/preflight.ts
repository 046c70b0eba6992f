import { CascadeError, lastUserText, type Exclusion, type ModelInfo, type ModelRequest } from '@cascadeflow/contract';
import { estimatePromptTokens, type CountTokens } from '../text/estimate-tokens.ts';
import { detectLanguage } from '../text/language.ts';

/** What a request asks of any model that is to answer it. */
export interface Needs {
  readonly promptTokens: number;
  /** Tokens kept free for the answer. */
  readonly answerTokens: number;
  readonly tools: boolean;
  readonly json: boolean;
  readonly vision: boolean;
  /** ISO 639-1 code, where the language can be told. */
  readonly language?: string;
}

/** Tokens kept free for an answer whose ceiling the caller did not set. Chosen by hand: a short paragraph must fit. */
export const defaultAnswerTokens = 256;
/** The heuristic may count too few: a context window must hold this much more, which covers 19 of 20 texts. */
const tokenMargin = 1.25;

/** Reads what a request needs. `countTokens` replaces the heuristic; `language` is told only when asked for. */
export function readNeeds(request: ModelRequest, options: { readonly countTokens?: CountTokens | undefined; readonly language?: boolean } = {}): Needs {
  let vision = false;
  let toolHistory = false;
  for (const message of request.messages) {
    if (message.role === 'user' && typeof message.content !== 'string') vision ||= message.content.some((part) => part.type === 'image');
    if (message.role === 'tool') toolHistory = true;
  }
  const language = options.language ? detectLanguage(lastUserText(request.messages)) : undefined;
  const counted = estimatePromptTokens(request, options.countTokens);
  const needs: { -readonly [Need in keyof Needs]: Needs[Need] } = {
    promptTokens: options.countTokens ? counted : Math.ceil(counted * tokenMargin),
    answerTokens: request.maxTokens ?? defaultAnswerTokens,
    tools: toolHistory || ((request.tools?.length ?? 0) > 0 && request.toolChoice !== 'none'),
    json: request.responseFormat !== undefined && request.responseFormat.type !== 'text',
    vision,
  };
  if (language !== undefined) needs.language = language;
  return needs;
}

/** Why a model cannot meet the needs, or `undefined` when it can. Unknown capabilities are assumed. */
export function unmetNeed(model: ModelInfo, needs: Needs): string | undefined {
  const able = model.capabilities;
  if (needs.vision && able.vision === false) return 'it cannot read images';
  if (needs.tools && able.tools === false) return 'it cannot call tools';
  if (needs.json && able.json === false) return 'it cannot be held to JSON';
  if (able.contextWindow !== undefined && needs.promptTokens + needs.answerTokens > able.contextWindow) {
    return `its context window of ${able.contextWindow} tokens is too small for about ${needs.promptTokens} tokens of prompt and ${needs.answerTokens} of answer`;
  }
  if (able.maxOutputTokens !== undefined && needs.answerTokens > able.maxOutputTokens && needs.answerTokens !== defaultAnswerTokens) {
    return `it writes at most ${able.maxOutputTokens} tokens and ${needs.answerTokens} are asked for`;
  }
  if (needs.language !== undefined && able.languages && !able.languages.includes(needs.language)) {
    return `it is not meant for the language "${needs.language}"`;
  }
  return undefined;
}

/** The models that can take a request, and those that cannot with the need that excludes them. */
export interface Preflight {
  readonly capable: readonly ModelInfo[];
  readonly excluded: readonly Exclusion[];
}

/**
 * Leaves out every model that lacks what the request needs.
 *
 * Throws `CascadeError` with code `no-capable-model` when nobody is left; the message says which need excluded whom.
 */
export function checkCapabilities(models: readonly ModelInfo[], needs: Needs): Preflight {
  const capable: ModelInfo[] = [];
  const excluded: Exclusion[] = [];
  for (const model of models) {
    const reason = unmetNeed(model, needs);
    if (reason === undefined) capable.push(model);
    else excluded.push({ model: model.name, reason });
  }
  if (capable.length === 0) throw noCapableModel(excluded);
  return { capable, excluded };
}

/** The error for a plan that nobody can carry out. */
export function noCapableModel(excluded: readonly Exclusion[]): CascadeError {
  const told = excluded.map(({ model, reason }) => `${model}: ${reason}`).join('; ');
  return new CascadeError('no-capable-model', told === '' ? 'no model is configured' : `no model can take this request: ${told}`);
}
