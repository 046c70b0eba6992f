import { toText, type ModelRequest } from '@cascadeflow/contract';

/** Characters of a conversation that are searched; the newest count. */
const cap = 60_000;

/** Everything that was said and returned before the draft, in lower case: where the values of a tool call must come from. */
export function conversationText(request: ModelRequest): string {
  let text = '';
  for (let index = request.messages.length - 1; index >= 0 && text.length < cap; index--) {
    const message = request.messages[index];
    if (!message) continue;
    text = `${toText(message)}\n${message.role === 'assistant' ? (message.toolCalls ?? []).map((call) => call.arguments).join('\n') : ''}\n${text}`;
  }
  return text.slice(-cap).toLowerCase();
}
