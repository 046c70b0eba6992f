import { isWide } from './script.ts';

/** Frequent short words that tell languages of the Latin script apart. Our own selection. */
const functionWords: { readonly [code: string]: string } = {
  en: 'the and is are of to in that what how you for with my this does can please it',
  es: 'el los las una que es por para con cómo qué del está como cuál mi y hay son',
  fr: 'le les des une est que pour dans avec qui sur vous je ce comment mon et quelle au du',
  de: 'der die das und ist ein eine nicht mit für wie auf den ich zu von mir was bitte',
  it: 'il gli della che per con una sono come mi di non è del questo cosa nel qual lo',
  pt: 'os uma que não para com como do da em por meu você qual é um são das mais o',
  nl: 'het een van en is dat niet met voor hoe op ik je wat mijn zijn te aan de kan',
  pl: 'jest nie się na jak co to w z czy dla do że jaki mi po i są oraz moje',
  sv: 'och att är det som för en på med hur vad jag inte av till min ett kan den',
  tr: 've bir bu için ile ne nasıl mi mı çok bana olan var değil da de gibi kadar',
  vi: 'là của và có không cho tôi một những được các với này trong như thế nào hãy',
  id: 'yang dan di ini itu untuk dengan apa bagaimana saya tidak dari adalah pada ke',
};

const languagesOfWord = new Map<string, string[]>();
/** Characters that are read, and words that must speak for a language before it is named. */
const cap = 2000;
const minEvidence = 2;

function wordTable(): Map<string, string[]> {
  if (languagesOfWord.size === 0) {
    for (const [language, words] of Object.entries(functionWords)) {
      for (const word of words.split(' ')) languagesOfWord.set(word, [...(languagesOfWord.get(word) ?? []), language]);
    }
  }
  return languagesOfWord;
}

/** Script blocks that name one language well enough to choose a model by. */
const scripts: readonly (readonly [from: number, to: number, language: string])[] = [
  [0x3040, 0x30ff, 'ja'],
  [0xac00, 0xd7af, 'ko'],
  [0x0600, 0x06ff, 'ar'],
  [0x0590, 0x05ff, 'he'],
  [0x0900, 0x097f, 'hi'],
  [0x0980, 0x09ff, 'bn'],
  [0x0e00, 0x0e7f, 'th'],
  [0x0370, 0x03ff, 'el'],
];

/** Letters of Ukrainian that Russian lacks. */
const ukrainianOnly = new Set([0x404, 0x406, 0x407, 0x454, 0x456, 0x457, 0x490, 0x491]);

/**
 * Names the language of a text as an ISO 639-1 code, or `undefined` when it cannot tell: by script, and for the Latin script by function
 * words of twelve languages. Good enough to leave out a model that lacks a language, not for anything finer.
 */
export function detectLanguage(text: string): string | undefined {
  const sample = text.slice(0, cap);
  let letters = 0;
  let han = 0;
  let cyrillic = 0;
  let ukrainian = 0;
  const perScript = new Map<string, number>();
  for (let index = 0; index < sample.length; index++) {
    const code = sample.charCodeAt(index);
    if (code < 65) continue;
    letters++;
    if (code < 0x370) continue;
    if (code >= 0x0400 && code <= 0x04ff) {
      cyrillic++;
      if (ukrainianOnly.has(code)) ukrainian++;
      continue;
    }
    const script = scripts.find(([from, to]) => code >= from && code <= to);
    if (script) perScript.set(script[2], (perScript.get(script[2]) ?? 0) + 1);
    else if (isWide(code)) han++;
  }
  if (letters === 0) return undefined;
  if (cyrillic > letters * 0.3) return ukrainian > 0 ? 'uk' : 'ru';
  const japanese = perScript.get('ja') ?? 0;
  if (japanese > 0 && han + japanese > letters * 0.3) return 'ja';
  if (han > letters * 0.3) return 'zh';
  for (const [language, count] of perScript) if (count > letters * 0.3) return language;
  return latinLanguage(sample);
}

function latinLanguage(sample: string): string | undefined {
  const table = wordTable();
  const votes = new Map<string, number>();
  for (const word of sample.toLowerCase().split(/[^\p{L}]+/u)) {
    for (const language of table.get(word) ?? []) votes.set(language, (votes.get(language) ?? 0) + 1);
  }
  const ranked = [...votes].sort((a, b) => b[1] - a[1]);
  const [first, second] = ranked;
  if (!first || first[1] < minEvidence || (second && second[1] === first[1])) return undefined;
  return first[0];
}
