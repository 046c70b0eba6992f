import type { Attempt } from './attempt.ts';
import type { Run } from './run.ts';
import { isStandardSchema } from './schema.ts';

/** A structured answer, read; or the flaw that keeps it from being read. */
export interface ParsedAnswer {
  readonly object?: unknown;
  readonly flaw?: string;
}

/** True when the answer is to be read as JSON. */
export function asksForJson(run: Run): boolean {
  const asked = run.opened.request.responseFormat;
  return asked !== undefined && asked.type !== 'text';
}

/** Reads the answer as the JSON that `responseFormat` asked for, checked by the caller's schema where it gave one. */
export async function parseAnswer(run: Run, attempt: Attempt): Promise<ParsedAnswer> {
  if (!asksForJson(run) || (attempt.content === '' && attempt.toolCalls.length > 0)) return {};
  let object: unknown;
  try {
    object = JSON.parse(attempt.content);
  } catch {
    return { flaw: 'the answer is not the JSON that was asked for' };
  }
  const format = run.opened.options.responseFormat;
  if (!format || !('schema' in format) || !isStandardSchema(format.schema)) return { object };
  let checked;
  try {
    checked = await run.untilStopped(format.schema['~standard'].validate(object));
  } catch (error) {
    // The caller gave up: there is nobody to answer. At the deadline the answer is still handed over, unchecked.
    if (run.stopped && run.stopped.code !== 'deadline-exceeded') throw run.stopped;
    return { flaw: run.stopped ? 'the deadline passed before the schema had checked the answer' : `the schema failed to check the answer (${(error as Error).name})` };
  }
  if (!checked.issues) return { object: checked.value };
  const issue = checked.issues[0];
  return { flaw: `the answer does not fit the schema: ${issue?.message ?? 'unknown issue'}` };
}
