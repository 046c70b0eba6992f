import type { ModelEvent } from '@cascadeflow/contract';

/** Events with neighbouring texts made one: pieces that came together need not be told apart, and each event costs every reader on its way. */
export function joinTexts(events: readonly ModelEvent[]): readonly ModelEvent[] {
  if (events.length < 2) return events;
  const joined: ModelEvent[] = [];
  let pieces = '';
  for (const [index, event] of events.entries()) {
    if (event.type !== 'text-delta') {
      joined.push(event);
      continue;
    }
    pieces += event.text;
    if (events[index + 1]?.type === 'text-delta') continue;
    joined.push({ type: 'text-delta', text: pieces });
    pieces = '';
  }
  return joined;
}
