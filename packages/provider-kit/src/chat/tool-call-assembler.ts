import type { ModelEvent, ToolCall } from '@cascadeflow/contract';
import { makeToolId } from '../tool-id.ts';

/** Puts tool calls together from pieces; pieces of one call share a key. */
export interface ToolCallAssembler {
  /** Number of calls begun. */
  readonly count: number;
  /** Adds a piece; `tool-call-start` is added to `events` as soon as the name is known. */
  add(key: string | number, piece: { id?: string | undefined; name?: string | undefined; arguments?: string | undefined }, events: ModelEvent[]): void;
  /** Sets a call's arguments to their whole text; pieces that came before are replaced. */
  complete(key: string | number, whole: string | undefined): void;
  /** The `tool-call` events of all calls, in the order they were begun. */
  finish(events: ModelEvent[]): void;
}

/** Builds an assembler; `seed` makes up ids for servers that give none. */
export function createToolCallAssembler(seed: () => string): ToolCallAssembler {
  const calls = new Map<string | number, { id: string; name: string; arguments: string; told: boolean }>();
  return {
    get count() {
      return calls.size;
    },
    add(key, piece, events) {
      let call = calls.get(key);
      if (!call) {
        call = { id: piece.id || makeToolId(seed(), calls.size), name: '', arguments: '', told: false };
        calls.set(key, call);
      }
      if (piece.name && call.name === '') call.name = piece.name;
      if (piece.arguments) call.arguments += piece.arguments;
      if (!call.told && call.name !== '') {
        call.told = true;
        events.push({ type: 'tool-call-start', id: call.id, name: call.name });
      }
    },
    complete(key, whole) {
      const call = calls.get(key);
      if (call && whole !== undefined) call.arguments = whole;
    },
    finish(events) {
      for (const { id, name, arguments: text } of calls.values()) {
        const call: ToolCall = { id, name, arguments: text.trim() === '' ? '{}' : text };
        events.push({ type: 'tool-call', call });
      }
      calls.clear();
    },
  };
}
