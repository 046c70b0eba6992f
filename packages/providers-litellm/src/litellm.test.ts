import { modelConformance, openOverStub } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { litellm } from './litellm.ts';

modelConformance(vitest, { name: 'litellm()', open: openOverStub((baseURL) => litellm({ baseURL }).model('openai/gpt-4o-mini')) });
