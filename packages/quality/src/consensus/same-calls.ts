import type { Draft, ToolCall } from '@cascadeflow/contract';
import { parseJson } from '../text/json-text.ts';

/** How far two drafts call the same tools with the same arguments, 0 to 1; half for the same tools with other arguments. */
export function compareCalls(a: Draft, b: Draft): number {
  const [left, right] = [a.toolCalls.map(canonicalCall).sort(), b.toolCalls.map(canonicalCall).sort()];
  if (left.join('\n') === right.join('\n')) return 1;
  const names = (draft: Draft) => draft.toolCalls.map((call) => call.name).sort().join('\n');
  return a.toolCalls.length > 0 && names(a) === names(b) ? 0.5 : 0;
}

function canonicalCall(call: ToolCall): string {
  return `${call.name} ${canonical(parseJson(call.arguments) ?? call.arguments)}`;
}

function canonical(value: unknown): string {
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? '';
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  return `{${Object.entries(value).map(([name, inner]) => `${JSON.stringify(name)}:${canonical(inner)}`).sort().join(',')}}`;
}
