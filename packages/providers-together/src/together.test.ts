import { modelConformance, openOverStub, togetherDialect } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { together } from './together.ts';

modelConformance(vitest, { name: 'together()', open: openOverStub((baseURL) => together({ apiKey: 'k', baseURL }).model('meta-llama/Llama-3.3-70B-Instruct'), { dialect: togetherDialect }) });
