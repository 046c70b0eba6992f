import { asciiClasses, CharacterClass, isHan } from './character-class.ts';

const dropped = /[\p{Cc}\p{Cf}\p{Cn}\p{Co}\p{Cs}\ufffd]/u;
const spaces = /\s/u;
const marks = /\p{Mn}/gu;
const punctuation = /\p{P}/u;

/**
 * BERT's uncased normalisation of a text that is not plain ASCII: control characters and lone surrogates dropped,
 * white space made plain, Han characters and punctuation set apart by spaces, accents stripped, lower case.
 */
export function normalizeText(text: string): string {
  let clean = '';
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    if (code < 128) clean += asciiClasses[code] === CharacterClass.dropped ? '' : character;
    else if (dropped.test(character)) continue;
    else if (spaces.test(character)) clean += ' ';
    else if (isHan(code)) clean += ` ${character} `;
    else clean += character;
  }
  const plain = clean.normalize('NFD').replace(marks, '').toLowerCase();
  let apart = '';
  for (const character of plain) {
    const code = character.codePointAt(0) ?? 0;
    apart += code >= 128 && punctuation.test(character) ? ` ${character} ` : character;
  }
  return apart;
}
