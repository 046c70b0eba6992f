import { modelConformance, openOverStub, responsesDialect } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { openai } from './openai.ts';

modelConformance(vitest, { name: 'openai()', open: openOverStub((baseURL) => openai({ apiKey: 'k', baseURL }).model('gpt-4o-mini')) });

modelConformance(vitest, {
  name: "openai({ api: 'responses' })",
  open: openOverStub((baseURL) => openai({ apiKey: 'k', baseURL, api: 'responses' }).model('gpt-4o-mini'), { dialect: responsesDialect }),
});
