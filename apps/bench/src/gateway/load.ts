import { RawConnection } from './raw-client.ts';

/** A server under load, and what it is asked. */
export interface Subject {
  readonly name: string;
  readonly url: string;
  readonly request: Buffer;
}

/** Answers a second while `connections` clients ask one request after the other. */
export async function measureRate(subject: Subject, connections: number, seconds: number): Promise<number> {
  const clients = await Promise.all(Array.from({ length: connections }, () => RawConnection.open(subject.url)));
  const start = performance.now();
  const end = start + seconds * 1000;
  let count = 0;
  await Promise.all(
    clients.map(async (client) => {
      while (performance.now() < end) {
        const { status } = await client.ask(subject.request);
        if (status !== 200) throw new Error(`${subject.name} answered ${status} under load`);
        count++;
      }
    }),
  );
  const rate = count / ((performance.now() - start) / 1000);
  for (const client of clients) client.close();
  return rate;
}

/** What many streams at once took. */
export interface StreamFigures {
  /** Streams that were open at the same time and had shown their first text. */
  readonly open: number;
  /** Streams that came to their end after that. */
  readonly finished: number;
  readonly peakMB: number;
}

/** Streams opened at a time: enough to be quick, few enough for the queue of new connections. */
const batch = 250;

/** Opens streams that the upstream holds, reads memory while all are open, then lets them end. */
export async function holdStreams(subject: Subject, count: number, release: () => Promise<unknown>, readMB: () => number): Promise<StreamFigures> {
  const clients: RawConnection[] = [];
  for (let from = 0; from < count; from += batch) {
    const size = Math.min(batch, count - from);
    const opened = await Promise.all(Array.from({ length: size }, () => RawConnection.open(subject.url)));
    await Promise.all(opened.map((client) => client.askUntil(subject.request, 'The ')));
    clients.push(...opened);
  }
  const openMB = readMB();
  const ends = clients.map((client) => client.rest().then(({ text }) => text.includes('[DONE]'), () => false));
  await release();
  const finished = (await Promise.all(ends)).filter(Boolean).length;
  const peakMB = Math.max(openMB, readMB());
  for (const client of clients) client.close();
  return { open: clients.length, finished, peakMB };
}
