import { modelConformance, openOverStub } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { huggingface } from './huggingface.ts';

modelConformance(vitest, { name: 'huggingface()', open: openOverStub((baseURL) => huggingface({ apiKey: 'k', baseURL }).model('meta-llama/Llama-3.3-70B-Instruct')) });
