// #region all
import { lastUserText } from '@cascadeflow/contract';
import { CascadeAgent } from '@cascadeflow/core';
import { openai } from '@cascadeflow/providers-openai';
import { createJudge, defineSignal } from '@cascadeflow/quality';

/** Help-desk answers have to name an article, such as KB-1042, that exists. A made-up one is never accepted. */
export function citesArticle(articles: ReadonlySet<string>) {
  return defineSignal('cites-article', ({ draft }) => {
    const cited = draft.content.match(/\bKB-\d{4}\b/gu) ?? [];
    const invented = cited.find((article) => !articles.has(article));
    if (invented) return { value: 0, veto: `the draft cites ${invented}, which does not exist` };
    return cited.length > 0 ? 1 : 0;
  });
}

/** Says nothing (`undefined`) about requests that are no question. */
const asksForSteps = defineSignal('asks-for-steps', ({ request }) => (/\bhow (?:do|can)\b/iu.test(lastUserText(request.messages)) ? 1 : undefined));

export function createHelpDesk(articles: ReadonlySet<string>, connection: { readonly apiKey: string; readonly baseURL?: string }): CascadeAgent {
  return new CascadeAgent({
    models: [
      { name: 'gpt-4o-mini', provider: 'openai' },
      { name: 'gpt-5', provider: 'openai' },
    ],
    providers: [openai(connection)],
    judge: createJudge({
      signals: [citesArticle(articles), asksForSteps],
      weights: { 'cites-article': 0.8 }, // log-odds: a citation makes a good draft likelier; asks-for-steps only informs
    }),
  });
}
// #endregion all

if (import.meta.main) {
  const { content, signals } = await createHelpDesk(new Set(['KB-1042']), { apiKey: process.env['OPENAI_API_KEY'] ?? '' }).run('How do I reset my password?');
  console.log(content, signals.filter(({ name }) => name === 'cites-article'));
}
