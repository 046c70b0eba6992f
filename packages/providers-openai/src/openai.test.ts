import { modelConformance, openOverStub, responsesDialect } from '@cascadeflow/testing';
import OpenAI6 from 'openai-v6';
import * as vitest from 'vitest';
import { openai } from './openai.ts';

modelConformance(vitest, { name: 'openai()', open: openOverStub((baseURL) => openai({ apiKey: 'k', baseURL }).model('gpt-4o-mini')) });

modelConformance(vitest, {
  name: "openai({ api: 'responses' })",
  open: openOverStub((baseURL) => openai({ apiKey: 'k', baseURL, api: 'responses' }).model('gpt-4o-mini'), { dialect: responsesDialect }),
});

const client6 = (baseURL: string) => new OpenAI6({ apiKey: 'k', baseURL });

modelConformance(vitest, {
  name: 'openai({ client }) with version 6 of the SDK',
  open: openOverStub((baseURL) => openai({ apiKey: 'k', client: client6(baseURL) }).model('gpt-4o-mini')),
});

modelConformance(vitest, {
  name: "openai({ client, api: 'responses' }) with version 6 of the SDK",
  open: openOverStub((baseURL) => openai({ apiKey: 'k', client: client6(baseURL), api: 'responses' }).model('gpt-4o-mini'), { dialect: responsesDialect }),
});
