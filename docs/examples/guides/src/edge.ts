// #region all
import { CascadeAgent } from '@cascadeflow/core';
import { openaiCompatible } from '@cascadeflow/providers-vllm';

interface Env {
  readonly OPENAI_API_KEY: string;
  readonly OPENAI_BASE_URL?: string;
}

let agent: CascadeAgent | undefined;

function agentFor({ OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseURL = 'https://api.openai.com/v1' }: Env): CascadeAgent {
  return (agent ??= new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai', cost: { input: 0.15, output: 0.6 } },
      { name: 'gpt-5', provider: 'openai', cost: { input: 1.25, output: 10 } },
    ],
    providers: [openaiCompatible({ id: 'openai', apiKey, baseURL })], // fetch alone, no SDK
  }));
}

/** What the runtime calls: `export default { fetch: answer }`. */
export async function answer(request: Request, env: Env): Promise<Response> {
  const { question } = (await request.json()) as { question: string };
  const text = agentFor(env).runStreaming(question, { signal: request.signal, deadlineMs: 25_000 });
  const encoder = new TextEncoder();
  const body = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await text.next();
      if (next.done) controller.close();
      else controller.enqueue(encoder.encode(next.value));
    },
    cancel: () => void text.return(undefined as never), // the reader has gone: the upstream call is ended
  });
  return new Response(body, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
// #endregion all
