// Loaded before a snippet: calls to vendors, and to servers that would run on this machine, go to the stub.
const { STUB_URL } = process.env;
const localPorts = new Set(['11434', '4000', '8000']);
const real = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  const isLocal = ['127.0.0.1', 'localhost'].includes(url.hostname);
  if (isLocal && !localPorts.has(url.port)) return real(input, init);
  const target = new URL(url.pathname + url.search, STUB_URL);
  return real(input instanceof Request ? new Request(target, input) : target, init);
};

for (const vendor of ['OPENAI', 'ANTHROPIC', 'GROQ', 'TOGETHER', 'LITELLM', 'VLLM']) process.env[`${vendor}_API_KEY`] ??= 'test-key';
process.env.HF_TOKEN ??= 'test-key';
