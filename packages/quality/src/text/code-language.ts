import { mark, type TextScan } from './gates.ts';

/** Programming languages that are asked for by name, with the tags that blocks of their code have. Those that stand in each other are one. */
const languages: readonly (readonly [name: RegExp, tags: string])[] = [
  [/(?<![\w.])python\b|\bpandas\b|\bnumpy\b|\bpytest\b/i, 'python py python3 pycon'],
  [/\b(?:java|type)script\b|\bnode\b(?:\.?js\b)?|\breact\b|(?<![\w.])(?:js|ts)\b(?! ?file)/i, 'javascript js mjs typescript ts jsx tsx node vue svelte html'],
  [/\bjava\b/i, 'java'],
  [/\bkotlin\b/i, 'kotlin kt'],
  [/\bc#|\bcsharp\b/i, 'csharp cs c#'],
  [/\bc\+\+/i, 'cpp c++ cc'],
  [/\b(?:in|auf|en|em) C\b(?![+#\w])/, 'c h cpp c++'],
  [/\bgolang\b|\bGo\b(?= (?:function|program|code|struct|method|snippet))|\b(?:in|en|em|auf|на) Go\b|^go:/i, 'go golang'],
  [/\bRust\b|\bin rust\b/, 'rust rs'],
  [/\bruby\b|\brails\b/i, 'ruby rb erb'],
  [/\bphp\b|\blaravel\b/i, 'php html'],
  [/\bSwift(?:UI)?\b/, 'swift'],
  [/\b(?:in|with|using|en|em) R\b(?![&.\w-])|\bR (?:code|function|script)\b/, 'r'],
  [/\bsql (?:query|statement|schema)\b|\b(?:in|only|using|mit|en|auf) sql\b|^sql\b/i, 'sql mysql postgresql postgres pgsql plpgsql sqlite tsql'],
  [/\bhtml\b/i, 'html css javascript js xml'],
  [/\bcss\b/i, 'css scss html'],
  [/\bbash\b|\bshell script\b|\bzsh\b/i, 'bash sh shell zsh console'],
  [/\bpowershell\b/i, 'powershell ps1 pwsh'],
];
/** Tags of data, markup and commands, which may stand beside code of any language. */
const neutral = new Set('json json5 xml yaml yml toml ini text txt plaintext console sh shell bash csv diff dockerfile makefile'.split(' '));
const known = new Set(languages.flatMap(([, tags]) => tags.split(' ')));
const taggedBlock = /```([\w+#]+)[ \t]*\n/g;

/** True when the code of a draft is in another language than the one, and only one, that the question names. */
export function isOtherLanguage(question: string, text: string): boolean {
  const tags = Array.from(text.matchAll(taggedBlock), ([, tag = '']) => tag.toLowerCase());
  if (!tags.some((tag) => known.has(tag) && !neutral.has(tag))) return false;
  const asked = languages.filter(([name]) => name.test(question));
  const own = asked[0]?.[1].split(' ') ?? [];
  return asked.length === 1 && !tags.some((tag) => own.includes(tag) || !known.has(tag));
}

const codeMarks = /`|[{};]|(?:^|\s)--?[a-z][\w-]*|\w\.\w{1,40}\(|\w_\w{1,40}\(|=>|->|::|(?:^|\s)=[A-Z]{2,}\(|\$\w|(?:^|\s)\.{0,2}\/\w{1,40}\//;

/** Without one of these no text has such a sign. */
const needed = mark.backtick | mark.curly | mark.semicolon | mark.dash | mark.round | mark.angle | mark.colon | mark.dollar | mark.slash;

/** True for a text with signs of a program or a command in it. */
export function looksLikeCode(text: string, { marks }: TextScan): boolean {
  return (marks & needed) !== 0 && codeMarks.test(text);
}

const fenced = /```[\s\S]*?(?:```|$)/g;
const inline = /`[^`\n]{1,200}`/g;

/** A text without the code in it. */
export function withoutCode(text: string): string {
  return text.includes('`') ? text.replace(fenced, '\n').replace(inline, ' x ') : text;
}
