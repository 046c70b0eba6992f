import { anthropicDialect, modelConformance, openOverStub } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { anthropic } from './anthropic.ts';

modelConformance(vitest, {
  name: 'anthropic()',
  open: openOverStub((baseURL) => anthropic({ apiKey: 'k', baseURL }).model('claude-sonnet-4-5'), { dialect: anthropicDialect }),
  skip: { logprobs: 'the vendor gives no log probabilities' },
});
