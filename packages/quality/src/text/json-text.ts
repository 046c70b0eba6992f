/** A JSON value found in a draft. */
export interface FoundJson {
  readonly value: unknown;
  /** True when the whole draft is this value, code fence aside. */
  readonly whole: boolean;
}

const fence = /```[\w-]*[ \t]*\n?/g;

/** The text without a code fence around all of it. */
export function unfence(text: string): string {
  const trimmed = text.trim();
  if (!trimmed.startsWith('```')) return trimmed;
  fence.lastIndex = 0;
  const open = fence.exec(trimmed);
  if (!open || open.index !== 0) return trimmed;
  const close = trimmed.indexOf('```', open[0].length);
  return trimmed.slice(open[0].length, close < 0 ? undefined : close).trim();
}

/** Parses JSON without throwing; `undefined` when it is not JSON. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The JSON object or array of a draft: all of it, a fenced block, or what stands between the outermost brackets. */
export function findJson(text: string): FoundJson | undefined {
  const body = unfence(text);
  if (body.startsWith('{') || body.startsWith('[')) {
    const value = parseJson(body);
    if (value !== undefined) return { value, whole: text.trim() === body || text.trim().endsWith('```') };
  }
  const open = body.indexOf('{');
  const close = body.lastIndexOf('}');
  if (open < 0 || close <= open) return undefined;
  const value = parseJson(body.slice(open, close + 1));
  return value === undefined ? undefined : { value, whole: open === 0 && close === body.length - 1 };
}

const fieldName = /"((?:final[_ ]?)?(?:answer|result|output|solution|label|choice))"\s*:\s*/gi;

/** The raw text of the last answer-like field of something that looks like JSON but need not parse. */
export function answerField(text: string): string | undefined {
  fieldName.lastIndex = 0;
  let start = -1;
  for (let match = fieldName.exec(text); match; match = fieldName.exec(text)) start = match.index + match[0].length;
  if (start < 0) return undefined;
  const rest = text.slice(start, start + 2000);
  if (rest.startsWith('"')) return readString(rest);
  const end = rest.search(/,\s*"|[}\n]/);
  return (rest.startsWith('[') ? rest.slice(0, rest.indexOf(']') + 1) : '') || rest.slice(0, end < 0 ? undefined : end).trim().replace(/,$/, '');
}

/** Reads a string literal loosely: a quote ends it only where a comma, a bracket or the end of the line follows. */
function readString(rest: string): string {
  for (let index = 1; index < rest.length; index++) {
    const char = rest[index];
    if (char === '\\') index++;
    else if (char === '"' && /^\s*(?:[,}\]]|$)/.test(rest.slice(index + 1, index + 8))) return unescape(rest.slice(1, index));
  }
  return unescape(rest.slice(1).split('\n', 1)[0] ?? '');
}

function unescape(literal: string): string {
  return literal.replace(/\\(["\\/n])/g, (_, char: string) => (char === 'n' ? '\n' : char));
}
