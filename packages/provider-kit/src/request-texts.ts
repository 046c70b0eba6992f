import { type ModelRequest, toText } from '@cascadeflow/contract';

/** Every text of a request that must not turn up in an error. */
export function collectTexts(request: ModelRequest): string[] {
  const texts: string[] = [];
  for (const message of request.messages) {
    texts.push(toText(message));
    if (message.role !== 'assistant') continue;
    for (const call of message.toolCalls ?? []) texts.push(call.arguments);
    for (const part of message.reasoning ?? []) texts.push(part.text);
  }
  if (request.user !== undefined) texts.push(request.user);
  return texts.filter((text) => text !== '');
}
