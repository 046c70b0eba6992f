import { viewSignal } from './define-signal.ts';

const block = /```([\w+#-]*)[ \t]*\n([\s\S]*?)(?:```|$)/g;
const bracketLanguages = /^(?:js|jsx|ts|tsx|javascript|typescript|json|java|c|cpp|c\+\+|c#|csharp|go|rust|kotlin|swift|php|py|python|r|scala|dart)$/i;
const pairs: { readonly [close: string]: string } = { ')': '(', ']': '[', '}': '{' };

/** 1 when every code block of the draft holds together, 0 when none does: JSON parses, brackets and quotes of other languages close. Nothing without code. */
export const codeForm = viewSignal('code-form', ({ text }) => {
  if (!text.includes('```')) return undefined;
  let blocks = 0;
  let sound = 0;
  block.lastIndex = 0;
  for (let match = block.exec(text); match && blocks < 20; match = block.exec(text)) {
    const language = match[1] ?? '';
    if (!bracketLanguages.test(language)) continue;
    blocks++;
    if (language.toLowerCase() === 'json' ? isJson(match[2] ?? '') : balanced(match[2] ?? '', /^(?:py|python|r)$/i.test(language))) sound++;
  }
  return blocks === 0 ? undefined : sound / blocks;
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** True when brackets close in order; strings and comments are skipped. */
export function balanced(code: string, hashComments: boolean): boolean {
  const stack: string[] = [];
  for (let index = 0; index < code.length; index++) {
    const char = code[index] ?? '';
    if (char === '"' || char === '`' || (char === "'" && !/\w/.test(code[index - 1] ?? ''))) {
      const end = closing(code, index, char);
      if (end < 0) return false;
      index = end;
    } else if ((hashComments && char === '#') || (!hashComments && char === '/' && code[index + 1] === '/')) {
      const end = code.indexOf('\n', index);
      if (end < 0) break;
      index = end;
    } else if (!hashComments && char === '/' && code[index + 1] === '*') {
      const end = code.indexOf('*/', index + 2);
      if (end < 0) return false;
      index = end + 1;
    } else if (char === '(' || char === '[' || char === '{') stack.push(char);
    else if (pairs[char] && stack.pop() !== pairs[char]) return false;
  }
  return stack.length === 0;
}

/** Where the string that begins at `start` ends; a plain quote that is not closed ends with its line. */
function closing(code: string, start: number, quote: string): number {
  const triple = code.startsWith(quote.repeat(3), start);
  if (triple) {
    const end = code.indexOf(quote.repeat(3), start + 3);
    return end < 0 ? -1 : end + 2;
  }
  for (let index = start + 1; index < code.length; index++) {
    const char = code[index];
    if (char === '\\') index++;
    else if (char === quote) return index;
    else if (char === '\n' && quote !== '`') return index;
  }
  return quote === '`' ? -1 : code.length;
}
