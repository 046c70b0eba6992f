import { createOpenAI } from '@ai-sdk/openai';
import { cascade, readDecision } from '@cascadeflow/ai-sdk';
import { readDecision as readLangChainDecision, withCascade } from '@cascadeflow/langchain';
import { ChatOpenAI } from '@langchain/openai';
import { generateText } from 'ai';

interface Connection {
  readonly apiKey: string;
  readonly baseURL: string;
}

/** A LangChain chat model that drafts and verifies. */
export async function withLangChain({ apiKey, baseURL }: Connection, question: string) {
  // #region langchain
  const chatModel = (model: string) => new ChatOpenAI({ model, apiKey, configuration: { baseURL } });
  const model = withCascade({
    drafter: { chatModel: chatModel('gpt-4o-mini'), cost: { input: 0.15, output: 0.6 } }, // USD per 1M tokens
    verifier: { chatModel: chatModel('gpt-5'), cost: { input: 1.25, output: 10 } },
  });
  const answer = await model.invoke(question);
  const decision = readLangChainDecision(answer); // who answered, why, and for how much
  // #endregion langchain
  return { text: answer.content, decision };
}

/** A language model of the AI SDK that drafts and verifies. */
export async function withAiSdk({ apiKey, baseURL }: Connection, question: string) {
  // #region ai-sdk
  const openai = createOpenAI({ apiKey, baseURL });
  const model = cascade({
    drafter: { model: openai.chat('gpt-4o-mini'), cost: { input: 0.15, output: 0.6 } },
    verifier: { model: openai.chat('gpt-5'), cost: { input: 1.25, output: 10 } },
  });
  const result = await generateText({ model, prompt: question });
  const decision = readDecision(result);
  // #endregion ai-sdk
  return { text: result.text, decision };
}
