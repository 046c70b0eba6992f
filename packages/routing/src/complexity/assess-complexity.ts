import { lastUserText, type Assessment, type Complexity, type ModelRequest } from '@cascadeflow/contract';
import { readStructure } from '../text/structure.ts';

const levels = ['trivial', 'simple', 'moderate', 'hard', 'expert'] as const;

/** Says how hard the last user turn looks, from its form alone; the system prompt is never read. */
export function assessComplexity(request: ModelRequest): Assessment<Complexity> {
  const text = lastUserText(request.messages);
  const form = readStructure(text);
  if (form.words === 0 && form.digits === 0) return { label: 'unknown', confidence: 0 };
  const score =
    Math.log2(1 + form.words) * 0.45 + Math.min(form.mathMarks, 12) * 0.12 + Math.min(form.codeMarks, 20) * 0.05 + Math.min(form.clauses, 10) * 0.08 - 0.6;
  const level = levels[Math.max(0, Math.min(4, Math.round(score)))] ?? 'moderate';
  return { label: level, confidence: 0.4 };
}
