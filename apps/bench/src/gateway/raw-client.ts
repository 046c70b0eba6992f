import { connect, type Socket } from 'node:net';

/** One request, ready to be written to a socket. */
export function toRequestBytes(url: string, path: string, body: object, headers: { readonly [name: string]: string } = {}): Buffer {
  const text = JSON.stringify(body);
  const lines = Object.entries({ host: new URL(url).host, 'content-type': 'application/json', ...headers, 'content-length': String(Buffer.byteLength(text)) });
  return Buffer.from(`POST ${path} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${text}`);
}

/** What a connection read. */
export interface RawAnswer {
  readonly status: number;
  /** The whole response as it came, headers and framing included. */
  readonly text: string;
}

/**
 * A connection that is kept open and sends one request after the other. It reads just enough of HTTP to know where an answer ends, so that
 * the load generator costs little beside what it measures.
 */
export class RawConnection {
  readonly #socket: Socket;
  #text = '';
  #take: ((text: string) => void) | undefined;
  #fail: ((error: Error) => void) | undefined;

  private constructor(socket: Socket) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.setEncoding('latin1');
    socket.on('data', (piece: string) => {
      this.#text += piece;
      this.#take?.(this.#text);
    });
    socket.on('error', (error) => this.#fail?.(error));
    socket.on('close', () => this.#fail?.(new Error('the server closed the connection')));
  }

  /** Connects to the server at `url`. */
  static open(url: string): Promise<RawConnection> {
    const { hostname, port } = new URL(url);
    return new Promise((resolve, reject) => {
      const socket = connect({ host: hostname, port: Number(port) });
      socket.once('error', reject);
      socket.once('connect', () => {
        socket.off('error', reject);
        resolve(new RawConnection(socket));
      });
    });
  }

  /** Sends a request and reads the answer to its end. */
  ask(request: Buffer): Promise<RawAnswer> {
    this.#text = '';
    this.#socket.write(request);
    return this.#read(isWhole);
  }

  /** Sends a request and reads until the body holds this text; `rest` reads on. */
  askUntil(request: Buffer, text: string): Promise<RawAnswer> {
    this.#text = '';
    this.#socket.write(request);
    return this.#read((read) => read.includes(text));
  }

  /** Reads the answer under way to its end. */
  rest(): Promise<RawAnswer> {
    return this.#read(isWhole);
  }

  close(): void {
    this.#fail = undefined;
    this.#socket.destroy();
  }

  #read(isEnough: (text: string) => boolean): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const end = () => (this.#take = this.#fail = undefined);
      this.#fail = (error) => {
        end();
        reject(error);
      };
      this.#take = (text) => {
        if (!isEnough(text)) return;
        end();
        resolve({ status: Number(text.slice(9, 12)), text });
      };
      this.#take(this.#text);
    });
  }
}

const headEnd = '\r\n\r\n';

/** Whether an answer is complete: by its length, or by the last chunk. */
function isWhole(text: string): boolean {
  const start = text.indexOf(headEnd);
  if (start === -1) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, start));
  return length ? text.length >= start + headEnd.length + Number(length[1]) : text.endsWith('\r\n0\r\n\r\n');
}
