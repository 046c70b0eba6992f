import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { pathToFileURL } from 'node:url';
import { installLlama, installSmolLM } from './workshop.ts';

/** What is used of node-llama-cpp. */
interface Llama {
  loadModel(options: { modelPath: string }): Promise<LlamaModel>;
  dispose(): Promise<void>;
}
interface LlamaModel {
  createContext(options: { contextSize: number; threads: number }): Promise<{ getSequence(): LlamaSequence }>;
  tokenize(text: string, special: boolean): number[];
  detokenize(tokens: readonly number[]): string;
  isEogToken(token: number): boolean;
}
interface LlamaSequence {
  clearHistory(): Promise<void>;
  evaluateWithMetadata(
    tokens: readonly number[],
    metadata: { confidence: true; probabilities: true },
    options: { temperature: number },
  ): AsyncGenerator<{ token: number; confidence: number; probabilities: Map<number, number> }>;
}

/** A model of this machine behind OpenAI's chat protocol. */
export interface LocalModel {
  readonly baseURL: string;
  /** Requests answered so far. */
  readonly answered: number;
  close(): Promise<void>;
}

interface ChatRequest {
  readonly model: string;
  readonly messages: readonly { readonly role: string; readonly content: string }[];
  readonly stream?: boolean;
  readonly temperature?: number;
  readonly max_tokens?: number;
  readonly logprobs?: boolean;
  readonly top_logprobs?: number;
  readonly stream_options?: { readonly include_usage?: boolean };
}

/** Serves SmolLM2-135M-Instruct on 127.0.0.1 with real log probabilities, streamed. One answer at a time. */
export async function serveSmolLM(): Promise<LocalModel> {
  const modelPath = installSmolLM();
  const { getLlama } = (await import(pathToFileURL(installLlama()).href)) as { getLlama(options: object): Promise<Llama> };
  const llama = await getLlama({ build: 'never', gpu: false, logLevel: 'error' });
  const model = await llama.loadModel({ modelPath });
  const sequence = (await model.createContext({ contextSize: 2048, threads: 2 })).getSequence();
  let answered = 0;
  let turn: Promise<unknown> = Promise.resolve();
  const server = createServer((incoming, response) => {
    let text = '';
    incoming.setEncoding('utf8');
    incoming.on('data', (piece: string) => (text += piece));
    incoming.on('end', () => {
      turn = turn.then(() => answer(model, sequence, JSON.parse(text) as ChatRequest, response)).then(
        () => answered++,
        (error: unknown) => response.destroy(error as Error),
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    baseURL: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    get answered() {
      return answered;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await llama.dispose();
    },
  };
}

/** The chat template of SmolLM2. */
function toPrompt(messages: ChatRequest['messages']): string {
  return `${messages.map(({ role, content }) => `<|im_start|>${role}\n${content}<|im_end|>\n`).join('')}<|im_start|>assistant\n`;
}

async function answer(model: LlamaModel, sequence: LlamaSequence, request: ChatRequest, response: ServerResponse): Promise<void> {
  const head = { id: `chatcmpl-${Date.now()}`, object: 'chat.completion.chunk', model: request.model };
  const send = (chunk: object) => void response.write(`data: ${JSON.stringify({ ...head, ...chunk })}\n\n`);
  const prompt = model.tokenize(toPrompt(request.messages), true);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  await sequence.clearHistory();
  let tokens = 0;
  let finish = 'length';
  const most = request.max_tokens ?? 120;
  for await (const { token, confidence, probabilities } of sequence.evaluateWithMetadata(prompt, { confidence: true, probabilities: true }, { temperature: request.temperature ?? 0 })) {
    if (model.isEogToken(token) || response.destroyed) {
      finish = 'stop';
      break;
    }
    tokens++;
    const content = model.detokenize([token]);
    const top = [...probabilities].slice(0, request.top_logprobs ?? 0).map(([other, p]) => ({ token: model.detokenize([other]), logprob: Math.log(p) }));
    const logprobs = request.logprobs ? { content: [{ token: content, logprob: Math.log(confidence), top_logprobs: top }] } : null;
    send({ choices: [{ index: 0, delta: { content }, logprobs, finish_reason: null }] });
    if (tokens >= most) break;
  }
  send({ choices: [{ index: 0, delta: {}, finish_reason: finish }] });
  send({ choices: [], usage: { prompt_tokens: prompt.length, completion_tokens: tokens, total_tokens: prompt.length + tokens } });
  response.end('data: [DONE]\n\n');
}
