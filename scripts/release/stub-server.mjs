// The upstream that snippets talk to, run from the packed tarballs. Prints its address and stays until it is killed.
import { anthropicDialect, ollamaDialect, openaiDialect, responsesDialect, startStub } from '@cascadeflow/testing';

const stub = await startStub({
  dialects: [anthropicDialect, responsesDialect, ollamaDialect, openaiDialect],
  answer: ({ prompt }) => (prompt.includes('France') ? 'The capital of France is Paris.' : `Here is a short and plain answer to the question "${prompt}".`),
});
console.log(stub.url);
