import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Embedder } from '@cascadeflow/contract';
import { createOnnxEmbedder } from '@cascadeflow/semantic';
import type { Report } from '../report.ts';

const PACKAGE = join(import.meta.dirname, '../../../../packages/semantic');
const FOLDER = join(PACKAGE, 'node_modules/.cache/cascadeflow-teacher/all-MiniLM-L6-v2');

/** all-MiniLM-L6-v2 in int8 through ONNX Runtime on one thread; undefined, with a line that says why, when it cannot be had. */
export async function openTeacher(report: Report): Promise<Embedder | undefined> {
  const model = join(FOLDER, 'onnx/model_quantized.onnx');
  try {
    if (!existsSync(model)) execFileSync('python3', ['-B', join(PACKAGE, 'model/fetch_teacher.py')], { stdio: 'ignore' });
    const read = (name: string): object => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as object;
    return await createOnnxEmbedder({ id: 'all-MiniLM-L6-v2 int8', model: pathToFileURL(model), tokenizer: read('tokenizer.json'), tokenizerConfig: read('tokenizer_config.json') });
  } catch (error) {
    report.note(`skipped: everything measured against the teacher, which cannot be had here (${(error as Error).message.split('\n')[0]})`);
    return undefined;
  }
}
