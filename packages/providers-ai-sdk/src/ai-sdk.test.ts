import { createOpenAI as createOpenAI4 } from '@ai-sdk/openai';
import { createOpenAI as createOpenAI2 } from '@ai-sdk/openai-v2';
import { createOpenAI as createOpenAI3 } from '@ai-sdk/openai-v3';
import { modelConformance, openOverStub } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { aiSdk } from './ai-sdk.ts';

const skip = { reasoning: 'the package reads no reasoning on the chat wire' };

modelConformance(vitest, {
  name: 'aiSdk() over specification 2',
  open: openOverStub((baseURL) => aiSdk(createOpenAI2({ apiKey: 'k', baseURL }).chat, { id: 'openai' }).model('gpt-4o-mini')),
  skip: { ...skip, logprobs: 'the package of AI SDK 5 keeps only the log probabilities of the last piece of a stream' },
});
modelConformance(vitest, {
  name: 'aiSdk() over specification 3',
  open: openOverStub((baseURL) => aiSdk(createOpenAI3({ apiKey: 'k', baseURL }).chat, { id: 'openai' }).model('gpt-4o-mini')),
  skip,
});
modelConformance(vitest, {
  name: 'aiSdk() over specification 4',
  open: openOverStub((baseURL) => aiSdk(createOpenAI4({ apiKey: 'k', baseURL }).chat, { id: 'openai' }).model('gpt-4o-mini')),
  skip,
});
