import { modelConformance, openOverStub } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { openaiCompatible, vllm } from './vllm.ts';

modelConformance(vitest, { name: 'vllm()', open: openOverStub((baseURL) => vllm({ baseURL }).model('Qwen/Qwen2.5-7B-Instruct')) });
modelConformance(vitest, { name: 'openaiCompatible()', open: openOverStub((baseURL) => openaiCompatible({ baseURL }).model('llama-3.2')) });
