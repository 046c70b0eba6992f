import { modelConformance, ollamaDialect, openOverStub } from '@cascadeflow/testing';
import * as vitest from 'vitest';
import { ollama } from './ollama.ts';

modelConformance(vitest, {
  name: 'ollama()',
  open: openOverStub((baseURL) => ollama({ baseURL }).model('llama3.2'), { dialect: ollamaDialect, basePath: '' }),
  skip: {
    'usage-cached': 'the server counts a cached prompt like any other, or not at all',
    'usage-reasoning': 'the server counts thinking within the answer',
    'served-model': 'the server gives answers no id',
  },
});
