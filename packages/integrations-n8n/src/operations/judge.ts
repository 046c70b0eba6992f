import type { ModelRequest, Route, Verdict } from '@cascadeflow/contract';
import { createJudge } from '@cascadeflow/quality';
import { createRouter } from '@cascadeflow/routing';
import type { IDataObject } from 'n8n-workflow';
import { type ReadField, readSchema, readTarget, readText } from './fields.ts';

const judge = createJudge();
const router = createRouter({ sessions: false });

/** Judges an answer of whatever model wrote it. */
export async function judgeAnswer(read: ReadField): Promise<IDataObject> {
  const options = read('options', {}) as { readonly schema?: unknown };
  const schema = readSchema(options.schema);
  const name = String(read('model', '') || 'unknown');
  const content = String(read('answer', ''));
  const request = requestOf(read, schema && { responseFormat: { type: 'json-schema', schema } });
  const model = { name, provider: 'unknown', tier: 0, capabilities: {} };
  const verdict: Verdict = await judge({
    request,
    draft: { provider: model.provider, model: name, tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true },
    target: readTarget(read),
    model,
    route: await routeOf(request, name),
  });
  const { accept, probability, threshold, reason, veto, signals } = verdict;
  return { accept, probability, threshold, reason, ...(veto !== undefined && { veto }), signals: signals.filter((signal) => signal.weight !== 0) };
}

/** Says how hard a prompt is and what it is about. */
export async function classify(read: ReadField): Promise<IDataObject> {
  const { complexity, domain, reasons } = await routeOf(requestOf(read), 'unknown');
  return {
    complexity: complexity.label,
    complexityConfidence: complexity.confidence,
    domain: domain.label,
    domainConfidence: domain.confidence,
    domains: domain.top ?? [],
    reasons,
  };
}

async function routeOf(request: ModelRequest, name: string): Promise<Route> {
  return (await router({ request, models: [{ name, provider: 'unknown', tier: 0, capabilities: {} }], target: 'balanced', secondOpinion: 'off' })) as Route;
}

function requestOf(read: ReadField, rest: Partial<ModelRequest> = {}): ModelRequest {
  return { messages: [{ role: 'user', content: readText(read, 'question', 'Prompt') }], ...rest };
}
