import { InvalidOptionsError, type Signal } from '@cascadeflow/contract';
import { requestView } from '../text/request-view.ts';
import { viewSignal } from './define-signal.ts';

/** Throws when the code does not parse. */
export type CodeParser = (code: string) => unknown;

/** Blocks that are parsed; a draft with more is a document about code. */
const mostBlocks = 20;

/**
 * A signal that parses the code of a draft with parsers of your own, by the language that its block names: `codeParses({ js: (code) => parse(code, options) })`
 * with the `parse` of acorn, or `ts` with the compiler's `transpileModule`. Its value is the share of such blocks that parse, 0 to 1. Where code was asked
 * for and no block parses, it is a veto. Give it to `createJudge({ signals: [codeParses(…)] })`; the built-in signal `code-form` only counts brackets and quotes.
 *
 * @throws InvalidOptionsError when a parser is no function.
 */
export function codeParses(parsers: { readonly [language: string]: CodeParser }): Signal {
  for (const [language, parse] of Object.entries(parsers)) {
    if (typeof parse !== 'function') throw new InvalidOptionsError(`parsers.${language}`, 'give a function that throws when the code does not parse');
  }
  const byLanguage = new Map(Object.entries(parsers).map(([language, parse]) => [language.toLowerCase(), parse]));
  return viewSignal('code-parses', ({ text }, { request }) => {
    let blocks = 0;
    let sound = 0;
    let fault: string | undefined;
    for (const { language, code } of codeBlocks(text)) {
      const parse = byLanguage.get(language);
      if (!parse || ++blocks > mostBlocks) continue;
      try {
        parse(code);
        sound++;
      } catch (error) {
        fault ??= `The ${language} code of the draft does not parse: ${error instanceof Error ? error.message : String(error)}`;
      }
    }
    if (blocks === 0) return undefined;
    const value = sound / Math.min(blocks, mostBlocks);
    return value === 0 && fault !== undefined && requestView(request).asksCode ? { value, veto: fault } : value;
  });
}

/** The closed code blocks of a text, with the language each names, in one pass over its lines. */
function* codeBlocks(text: string): Generator<{ readonly language: string; readonly code: string }> {
  let language: string | undefined;
  let lines: string[] = [];
  for (const line of text.split('\n')) {
    const fence = line.trim();
    if (!fence.startsWith('```')) lines.push(line);
    else if (language === undefined) {
      language = fence.slice(3).trim().toLowerCase();
      lines = [];
    } else {
      yield { language, code: lines.join('\n') };
      language = undefined;
    }
  }
}
