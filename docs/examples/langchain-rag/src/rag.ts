import { withCascade } from '@cascadeflow/langchain';
import { Document } from '@langchain/core/documents';
import { StringOutputParser } from '@langchain/core/output_parsers';
import { ChatPromptTemplate } from '@langchain/core/prompts';
import { BaseRetriever } from '@langchain/core/retrievers';
import { RunnablePassthrough, RunnableSequence } from '@langchain/core/runnables';
import { ChatOpenAI } from '@langchain/openai';

const handbook = [
  'Holidays: every employee has 30 days of paid leave a year.',
  'Travel: trains are booked in second class; flights need the approval of the team lead.',
  'Hardware: a laptop may be replaced after three years.',
].map((pageContent) => new Document({ pageContent }));

/** The document that shares most words with the question; any retriever of LangChain fits in its place. */
class WordRetriever extends BaseRetriever {
  override lc_namespace = ['example'];

  override async _getRelevantDocuments(question: string): Promise<Document[]> {
    const words = new Set(question.toLowerCase().match(/\p{L}+/gu));
    const shared = (document: Document) => (document.pageContent.toLowerCase().match(/\p{L}+/gu) ?? []).filter((word) => words.has(word)).length;
    return handbook.toSorted((left, right) => shared(right) - shared(left)).slice(0, 1);
  }
}

/** Answers a question from the handbook, streamed. */
export async function* answerFromHandbook(question: string, connection: { readonly apiKey: string; readonly baseURL?: string }) {
  const chatModel = (model: string) => new ChatOpenAI({ model, apiKey: connection.apiKey, configuration: { baseURL: connection.baseURL } });
  const model = withCascade({
    drafter: { chatModel: chatModel('gpt-4o-mini'), cost: { input: 0.15, output: 0.6 } },
    verifier: { chatModel: chatModel('gpt-4o'), cost: { input: 2.5, output: 10 } },
  });
  const prompt = ChatPromptTemplate.fromTemplate('Answer from these notes alone.\n\n{notes}\n\nQuestion: {question}');
  const notes = new WordRetriever().pipe((documents: Document[]) => documents.map((document) => document.pageContent).join('\n'));
  const chain = RunnableSequence.from([{ notes, question: new RunnablePassthrough<string>() }, prompt, model, new StringOutputParser()]);
  yield* await chain.stream(question);
}

if (import.meta.main) {
  for await (const text of answerFromHandbook('How many days of paid leave do I have?', { apiKey: process.env['OPENAI_API_KEY'] ?? '' })) process.stdout.write(text);
}
