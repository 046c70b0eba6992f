import type { HeaderRecord, Reply } from './respond.ts';

/** Milliseconds of silence after which a comment keeps proxies from giving the stream up. Chosen by hand, below the usual 30 s. */
export const keepAliveMs = 15_000;

/** What an event stream is made of. */
export interface StreamSource {
  /** Texts of whole server-sent events. */
  readonly frames: AsyncGenerator<string, void, undefined>;
  /** Sent in silence. */
  readonly keepAlive: string;
  /** Called once, when the reader has gone before the end. */
  readonly onLeave: () => void;
  /** Called once, when nothing more will be sent. */
  readonly onClose: () => void;
}

/** An answer of server-sent events that are written as they are asked for. */
export function toStreamReply(source: StreamSource, headers: HeaderRecord): Reply {
  const encoder = new TextEncoder();
  const { frames } = source;
  let timer: ReturnType<typeof setInterval> | undefined;
  const close = () => {
    clearInterval(timer);
    source.onClose();
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setInterval(() => controller.enqueue(encoder.encode(source.keepAlive)), keepAliveMs);
    },
    async pull(controller) {
      try {
        const next = await frames.next();
        if (next.done) {
          close();
          controller.close();
        } else controller.enqueue(encoder.encode(next.value));
      } catch (error) {
        close();
        controller.error(error);
      }
    },
    async cancel() {
      source.onLeave();
      close();
      await frames.return();
    },
  });
  return { status: 200, headers: { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-cache', 'x-accel-buffering': 'no', ...headers }, body };
}
