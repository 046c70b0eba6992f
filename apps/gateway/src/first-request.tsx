import { adminKey } from './api.ts';

/** What a new gateway shows: how to send it the first request. */
export function FirstRequest() {
  const base = new URL('.', location.href).href.replace(/\/$/, '');
  const key = adminKey.get() === undefined ? 'any' : 'A_CLIENT_KEY';
  const curl = `curl ${base}/v1/chat/completions \\
  -H 'authorization: Bearer ${key}' \\
  -H 'content-type: application/json' \\
  -d '{"model":"cascade","messages":[{"role":"user","content":"Why is the sky blue?"}]}'`;
  const python = `from openai import OpenAI

client = OpenAI(base_url="${base}/v1", api_key="${key}")
print(client.chat.completions.create(
    model="cascade",
    messages=[{"role": "user", "content": "Why is the sky blue?"}],
).choices[0].message.content)`;
  return (
    <section class="card first">
      <h2>No requests yet</h2>
      <p>Send the first one, and it appears here within two seconds.{key === 'any' ? '' : ' Clients have keys of their own: cascadeflow keys add NAME.'}</p>
      <h3>From a terminal</h3>
      <pre tabIndex={0} role="region" aria-label="A request with curl"><code>{curl}</code></pre>
      <h3>From Python</h3>
      <pre tabIndex={0} role="region" aria-label="A request from Python"><code>{python}</code></pre>
      <p>Any OpenAI client works with the base URL <code>{base}/v1</code>, any Anthropic client with <code>{base}</code>.</p>
    </section>
  );
}
