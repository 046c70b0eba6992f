import { connect } from 'node:net';
import type { BadRequest } from './bad-requests.ts';

/** What came back for a malformed request. */
export interface Outcome {
  /** Status lines that came, in order. */
  readonly statuses: readonly number[];
  /** True when a request hidden in another one's body was answered. */
  readonly isSmuggled: boolean;
  /** The first answer, for the report. */
  readonly text: string;
  /** True when the server neither answered nor hung up in time. */
  readonly isStuck: boolean;
}

/** Milliseconds after which a silent connection counts as stuck: well above the body limit that the gateway is given. */
const patienceMs = 20_000;

/** Milliseconds a client that breaks off waits first, so that the server has begun. */
const resetAfterMs = 2;

/** Sends one malformed request on a connection of its own, and reads until the server hangs up, has answered, or is told goodbye. */
export function exchange(url: string, { kind, bytes, ending }: BadRequest): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
    const timer = setTimeout(() => finish(true), patienceMs);
    const finish = (isStuck: boolean) => {
      clearTimeout(timer);
      clearTimeout(breakOff);
      socket.removeAllListeners();
      socket.on('error', () => {});
      socket.destroy();
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) [\w -]*\r\n/g)].map(([, status]) => Number(status));
      resolve({ statuses, isSmuggled: kind === 'smuggling' && text.includes('"object":"list"'), text: text.slice(0, 600), isStuck });
    };
    let breakOff: NodeJS.Timeout | undefined;
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      text += piece;
      // A client that says no more has its answer; the others read on for answers that nobody asked for.
      if (ending === 'stall') finish(false);
    });
    socket.on('end', () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('close', () => finish(false));
    socket.on('connect', () => {
      socket.write(bytes);
      if (ending === 'half-close') socket.end();
      if (ending === 'reset') {
        breakOff = setTimeout(() => {
          socket.resetAndDestroy();
          finish(false);
        }, resetAfterMs);
      }
    });
  });
}
