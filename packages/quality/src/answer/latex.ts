const eaten: readonly (readonly [RegExp, string])[] = [
  [/\f(?=rac|loor)/g, '\\f'],
  [/\t(?=ext|imes|heta|frac|an\b)/g, '\\t'],
  [/[\b](?=oxed|inom|eta|egin)/g, '\\b'],
  [/\r(?=ight|angle|ho)/g, '\\r'],
  [/\n(?=eq|e\b|u\b)/g, '\\n'],
];

/** Puts back the backslashes that a JSON parser takes from unescaped LaTeX: a form feed before `rac` was `\frac`. */
export function restoreLatex(text: string): string {
  let restored = text;
  for (const [pattern, command] of eaten) restored = restored.replace(pattern, command);
  return restored;
}

/** The content of the last `\boxed{…}`, braces balanced. */
export function boxed(text: string): string | undefined {
  const at = text.lastIndexOf('\\boxed');
  if (at < 0) return undefined;
  const open = text.indexOf('{', at);
  if (open < 0 || open > at + 8) return undefined;
  let depth = 0;
  const end = Math.min(text.length, open + 2000);
  for (let index = open; index < end; index++) {
    if (text[index] === '{') depth++;
    else if (text[index] === '}' && --depth === 0) return text.slice(open + 1, index);
  }
  return undefined;
}

/** What LaTeX cannot do without; most answers have none of it. */
const marks = /[\\$~°^\f\t\x08\r\n]/;

/** Turns LaTeX of a short answer into plain text: `\dfrac{1}{2}` is `(1)/(2)`, spacing and styling go. */
export function plainLatex(text: string): string {
  if (!marks.test(text)) return text;
  return restoreLatex(text)
    .replace(/\\[()[\]]|\$+/g, ' ')
    .replace(/\\(?:left|right|big|Big|displaystyle|quad|qquad|limits)(?![a-zA-Z])|\\[,;:! ]|~/g, ' ')
    .replace(/\\[dtc]?frac\s*(\d)\s*(\d)/g, '($1)/($2)')
    .replace(/\\[dtc]?frac\s*\{([^{}]{0,200})\}\s*\{([^{}]{0,200})\}/g, '($1)/($2)')
    .replace(/\\(?:text|mathrm|mathbf|textbf|mbox|operatorname)\s*\{([^{}]{0,200})\}/g, ' $1 ')
    .replace(/\\(?:times|cdot)(?![a-zA-Z])/g, '*')
    .replace(/\\(?:%|\$|#|&|_)/g, (escaped) => escaped.slice(1))
    .replace(/\^\s*\{?\\?circ\}?|\\degree|°/g, ' ')
    .replace(/\\pi(?![a-zA-Z])/g, 'pi')
    .replace(/\\sqrt\s*\{([^{}]{0,200})\}/g, 'sqrt($1)')
    .replace(/\\infty(?![a-zA-Z])/g, 'infinity')
    .replace(/\\([{}])/g, '$1');
}
