/** How a body is sent; the least there is to do. */
export type Send = (url: string, body: object) => Promise<Response>;

/** A call that can be cancelled, as every call of ours can. */
const send: Send = (url, body) =>
  fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body), signal: new AbortController().signal });

/** Asks and parses a whole answer, as anybody would by hand. */
export async function fetchJson(url: string, body: object): Promise<unknown> {
  return (await send(url, body)).json();
}

/** Reads server-sent events and parses each, with the fewest steps that still read a well-behaved server right. */
export function fetchEvents(url: string, body: object, by: Send = send): Promise<number> {
  return readRecords(by, url, body, '\n\n', 'data: '.length);
}

/** Reads lines of JSON and parses each. */
export function fetchLines(url: string, body: object): Promise<number> {
  return readRecords(send, url, body, '\n', 0);
}

async function readRecords(by: Send, url: string, body: object, separator: string, skip: number): Promise<number> {
  const response = await by(url, body);
  const decoder = new TextDecoder();
  let rest = '';
  let count = 0;
  for await (const bytes of response.body as unknown as AsyncIterable<Uint8Array>) {
    const records = (rest + decoder.decode(bytes, { stream: true })).split(separator);
    rest = records.pop() ?? '';
    for (const record of records) {
      if (record.length <= skip || record.endsWith('[DONE]')) continue;
      JSON.parse(record.slice(skip));
      count++;
    }
  }
  return count;
}
