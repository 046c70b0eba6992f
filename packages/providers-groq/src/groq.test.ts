import { modelConformance, openOverStub } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { groq } from './groq.ts';

modelConformance(vitest, {
  name: 'groq()',
  open: openOverStub((baseURL) => groq({ apiKey: 'k', baseURL }).model('llama-3.3-70b-versatile')),
  skip: { logprobs: 'the vendor refuses to be asked for log probabilities' },
});
