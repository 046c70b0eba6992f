// #region all
import { createOpenAI } from '@ai-sdk/openai';
import { cascade, readDecision } from '@cascadeflow/ai-sdk';
import { convertToModelMessages, streamText, type UIMessage } from 'ai';

/** The route `POST /api/chat` that `useChat` talks to. Copy it to `app/api/chat/route.ts`. */
export async function POST(request: Request): Promise<Response> {
  const { messages } = (await request.json()) as { messages: UIMessage[] };
  const result = streamText({
    model: chatModel(),
    system: 'You are a helpful assistant. Answer briefly.',
    messages: await convertToModelMessages(messages),
    abortSignal: request.signal,
  });
  return result.toUIMessageStreamResponse({
    // The page can show which model answered and what it saved.
    messageMetadata: ({ part }) => {
      const decision = part.type === 'finish-step' ? readDecision(part) : undefined;
      return decision && { modelUsed: decision.modelUsed, savingsPercent: decision.savingsPercent };
    },
  });
}

let made: ReturnType<typeof makeModel> | undefined;

/** One cascade for all requests: it keeps no conversation, only what it learns of its models. */
function chatModel() {
  return (made ??= makeModel());
}

function makeModel() {
  // Reads OPENAI_API_KEY, and OPENAI_BASE_URL where it is set.
  const openai = createOpenAI();
  return cascade({
    drafter: { model: openai.chat('gpt-4o-mini'), cost: { input: 0.15, output: 0.6 } },
    verifier: { model: openai.chat('gpt-4o'), cost: { input: 2.5, output: 10 } },
  });
}
// #endregion all
