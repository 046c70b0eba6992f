import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GatewayRequest } from '@cascadeflow/gateway';
import { IncomingBody } from './incoming-body.ts';
import { IncomingHeaders } from './incoming-headers.ts';

/** Stands for the host of every request: nothing depends on the one a client names, so it cannot lead a path astray. */
const origin = 'http://gateway';

/** What a gateway reads of a request, straight from Node's own. */
export class IncomingRequest implements GatewayRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHeaders;
  readonly signal: AbortSignal;
  readonly body: { getReader(): IncomingBody } | null;

  private constructor(url: string, incoming: IncomingMessage, outgoing: ServerResponse) {
    const controller = new AbortController();
    outgoing.on('close', () => {
      if (!outgoing.writableFinished) controller.abort();
    });
    this.url = url;
    this.method = incoming.method ?? 'GET';
    this.signal = controller.signal;
    this.headers = new IncomingHeaders(incoming.headers);
    this.body = this.method === 'GET' || this.method === 'HEAD' ? null : { getReader: () => new IncomingBody(incoming, outgoing) };
  }

  /** Undefined where the target is none that `fetch` knows. */
  static from(incoming: IncomingMessage, outgoing: ServerResponse): IncomingRequest | undefined {
    const target = incoming.url ?? '/';
    const url = target.startsWith('/') ? origin + target : target;
    return URL.canParse(url) ? new IncomingRequest(url, incoming, outgoing) : undefined;
  }
}
