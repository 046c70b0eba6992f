import type { Embedder } from '@cascadeflow/contract';
import { parseTexts, throwIfAborted } from './parse-texts.ts';
import { type StaticModel } from '../model-file/static-model.ts';
import { PiecePool } from '../static/piece-pool.ts';
import { PieceBuffer, WordPiece } from '../wordpiece/word-piece.ts';

/** How long one batch may keep the event loop before it lets others run, in milliseconds. */
const TURN_MS = 12;
/** Texts are split into pieces in parts of about this many characters, so that the buffer of ids stays small. */
const PART_CHARACTERS = 65_536;

/** Embeds with a static model in plain TypeScript. */
export function createStaticEmbedder(id: string, model: StaticModel): Embedder {
  const pieces = new WordPiece(model.vocabulary, model.unknown);
  const pool = new PiecePool(model);
  const buffer = new PieceBuffer();

  // Nothing awaits inside, so calls that run at the same time can share the buffers.
  const embedOne = (text: string): Float32Array => {
    for (let from = 0; from < text.length; ) {
      const to = partEnd(text, from);
      buffer.length = 0;
      pieces.encode(from === 0 && to === text.length ? text : text.slice(from, to), buffer);
      pool.add(buffer.ids, buffer.length);
      from = to;
    }
    return pool.finish();
  };

  return {
    contract: 'v1',
    id,
    dimensions: model.dimensions,
    async embed(texts, options) {
      throwIfAborted(options?.signal);
      const vectors: Float32Array[] = [];
      let turn = performance.now();
      for (const text of parseTexts(texts)) {
        if (performance.now() - turn > TURN_MS) {
          await nextTurn();
          throwIfAborted(options?.signal);
          turn = performance.now();
        }
        vectors.push(embedOne(text));
      }
      return vectors;
    },
  };
}

/** Lets timers and input run. `setImmediate` where there is one: a timer waits a millisecond. */
function nextTurn(): Promise<void> {
  const { setImmediate } = globalThis as { setImmediate?: (task: () => void) => unknown };
  return new Promise((resolve) => void (setImmediate ?? setTimeout)(() => resolve()));
}

/** End of the part that starts at `from`: after a space where there is one, never inside a surrogate pair. */
function partEnd(text: string, from: number): number {
  const most = from + PART_CHARACTERS;
  if (most >= text.length) return text.length;
  const space = text.lastIndexOf(' ', most);
  if (space > from) return space;
  return (text.charCodeAt(most) & 0xfc00) === 0xdc00 ? most + 1 : most;
}
