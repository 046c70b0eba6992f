import type { ModelEvent } from '@cascadeflow/contract';

const open = '<think>';
const close = '</think>';

/** Tells thinking from answer in a text where the thinking stands between tags; a tag may be split between pieces. */
export interface ThinkSplitter {
  push(text: string, events: ModelEvent[]): void;
  /** What was held back because it could have been the start of a tag. */
  end(events: ModelEvent[]): void;
}

/** Splits text at `<think>` and `</think>`. Only thinking at the very start of an answer counts. */
export function createThinkSplitter(): ThinkSplitter {
  let state: 'start' | 'thinking' | 'between' | 'answer' = 'start';
  let held = '';
  const emit = (type: 'text-delta' | 'reasoning-delta', text: string, events: ModelEvent[]) => {
    if (text !== '') events.push({ type, text });
  };
  return {
    push(text, events) {
      if (state === 'answer') return emit('text-delta', text, events);
      held += text;
      if (state === 'start') {
        const begun = held.trimStart();
        if (begun.length < open.length && open.startsWith(begun)) return;
        state = begun.startsWith(open) ? 'thinking' : 'answer';
        held = state === 'thinking' ? begun.slice(open.length) : held;
      }
      if (state === 'thinking') {
        const end = held.indexOf(close);
        if (end === -1) {
          const sure = held.length - longestTail(held);
          emit('reasoning-delta', held.slice(0, sure), events);
          held = held.slice(sure);
          return;
        }
        emit('reasoning-delta', held.slice(0, end), events);
        held = held.slice(end + close.length);
        state = 'between';
      }
      if (state === 'between') {
        held = held.trimStart();
        if (held === '') return;
        state = 'answer';
      }
      emit('text-delta', held, events);
      held = '';
    },
    end(events) {
      emit(state === 'thinking' ? 'reasoning-delta' : 'text-delta', held, events);
      held = '';
    },
  };
}

/** Length of the longest end of a text that could be the start of the closing tag. */
function longestTail(text: string): number {
  for (let length = Math.min(close.length - 1, text.length); length > 0; length--) {
    if (close.startsWith(text.slice(-length))) return length;
  }
  return 0;
}
