/** Words that tell languages in Latin and Cyrillic script apart: frequent, short, and rare in the others. */
const markers: { readonly [language: string]: string } = {
  en: 'the to in on i my your so as or if but out up no die me were did am and of is are that this with for was which you it what how have not from there do does can will their has be at by an we they why where who would should',
  de: 'ich sie es er hatte hätte wäre werden einer eines nach noch nur aber kein keine um uhr der die das und ist nicht ein eine mit für auf von den wie was sich auch wird sind es gibt viele ihr ihre dem im zu so dass aus bei welche welcher warum kann wer bitte einen wenn oder',
  fr: 'ne se si ses ou où ils avait serait fait tout à le les des est une dans pour que qui pas avec sur sont cette vous nous du et quelle quel comment pourquoi je il elle au aux ce en être ont par plus',
  es: 'está están fue mi tu nos ya el los las una por para con que del es son como más esta pero qué cuál y cómo cuántos dónde se su al lo tiene hay en muy también',
  it: 'hai stato molto tutto questa nella il gli della che per una con sono non più è come questo anche nel cosa quanti quale dove perché dei delle alla di si ha',
  pt: 'um os uma para com não que do da em por são mais como você é dos qual quantos onde ao na no se também foi',
  nl: 'het een van en dat niet met voor zijn wat hoe ook aan wordt deze waarom er op is te bij',
  pl: 'jest nie się na że do jak czy oraz przez dla co są w z ile gdzie który dlaczego to od',
  ru: 'и в не на что это как с для по от из или он она сколько где почему есть мы вы',
  uk: 'і в не на що це як з для та від або є скільки де чому ми ви',
};

const languages = Object.keys(markers);
/** The languages of a small word, one bit each. */
const languagesOf = new Map<string, number>();
languages.forEach((language, index) => {
  for (const word of markers[language]?.split(' ') ?? []) languagesOf.set(word, (languagesOf.get(word) ?? 0) | (1 << index));
});

/** True for the small words of the languages that are told apart. */
export function isFunctionWord(word: string): boolean {
  return languagesOf.has(word);
}

const scripts: readonly (readonly [string, RegExp])[] = [
  ['latin', /\p{Script=Latin}/gu],
  ['cyrillic', /\p{Script=Cyrillic}/gu],
  ['han', /\p{Script=Han}/gu],
  ['kana', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['hangul', /\p{Script=Hangul}/gu],
  ['arabic', /\p{Script=Arabic}/gu],
  ['hebrew', /\p{Script=Hebrew}/gu],
  ['greek', /\p{Script=Greek}/gu],
  ['devanagari', /\p{Script=Devanagari}/gu],
  ['thai', /\p{Script=Thai}/gu],
];

/** Characters that a guess looks at. */
const sample = 600;

/** The script most letters of a text are in, `undefined` with fewer than four letters. `isAscii` is given where the text is known to be nothing else. */
export function scriptOf(text: string, isAscii = false): string | undefined {
  const head = text.slice(0, sample);
  if (isAscii || /^[\x00-\x7f]*$/.test(head)) return /[a-z]{2}.*[a-z]{2}/is.test(head) ? 'latin' : undefined;
  let best: string | undefined;
  let most = 3;
  for (const [name, pattern] of scripts) {
    const count = head.match(pattern)?.length ?? 0;
    if (name === 'kana' && count > 0) return 'kana';
    if (count > most) [best, most] = [name, count];
  }
  return best;
}

/** True when at least two characters of a script stand in a text. */
export function hasScript(text: string, script: string): boolean {
  const pattern = scripts.find(([name]) => name === script)?.[1];
  return pattern !== undefined && (text.slice(0, sample).match(pattern)?.length ?? 0) >= 2;
}

/** Share of the words that are small words of a language, 0 to 1; some belong to several. */
export function shareOf(words: readonly string[], language: string): number {
  const bit = 1 << languages.indexOf(language);
  const looked = Math.min(words.length, 150);
  let found = 0;
  for (let index = 0; index < looked; index++) if (((languagesOf.get(words[index] as string) ?? 0) & bit) !== 0) found++;
  return found / Math.max(1, looked);
}

/** Votes of the guess under way. */
const votes = new Uint8Array(languages.length);

/** A guess at the language of Latin or Cyrillic text from its small words, with the share of words that speak for it; `undefined` when too few do. */
export function guessLanguage(words: readonly string[]): { readonly language: string; readonly share: number } | undefined {
  votes.fill(0);
  const looked = Math.min(words.length, 150);
  for (let index = 0; index < looked; index++) {
    const bits = languagesOf.get(words[index] as string);
    if (bits === undefined) continue;
    for (let rest = bits; rest !== 0; rest &= rest - 1) {
      const language = 31 - Math.clz32(rest & -rest);
      votes[language] = (votes[language] as number) + 1;
    }
  }
  let best = -1;
  let most = 0;
  let second = 0;
  for (let language = 0; language < votes.length; language++) {
    const count = votes[language] as number;
    if (count > most) {
      best = language;
      second = most;
      most = count;
    } else if (count > second) second = count;
  }
  if (best < 0 || most < 2 || most <= second) return undefined;
  return { language: languages[best] as string, share: most / Math.max(1, looked) };
}
