/** Characters of Chinese, Japanese or Korean that make up one word's worth of meaning, as measured on parallel sentences. */
export const wideCharsPerWord = 1.7;

/** Thai, Lao, Khmer and Burmese characters per word: these scripts write no spaces either. */
export const unspacedCharsPerWord = 4.5;

/** True for Han, kana, Hangul and their full-width punctuation's neighbours: scripts in which a character carries a syllable or more. */
export function isWide(code: number): boolean {
  return (
    (code >= 0x3040 && code <= 0x30ff) ||
    (code >= 0x3400 && code <= 0x9fff) ||
    (code >= 0xac00 && code <= 0xd7af) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xff66 && code <= 0xff9d) ||
    (code >= 0xd840 && code <= 0xd87f)
  );
}

/** True for Thai, Lao, Burmese and Khmer letters. */
export function isUnspaced(code: number): boolean {
  return (code >= 0x0e00 && code <= 0x0eff) || (code >= 0x1000 && code <= 0x109f) || (code >= 0x1780 && code <= 0x17ff);
}

/** True for decimal digits of the scripts in daily use. */
export function isDigit(code: number): boolean {
  return (
    (code >= 48 && code <= 57) ||
    (code >= 0x0660 && code <= 0x0669) ||
    (code >= 0x06f0 && code <= 0x06f9) ||
    (code >= 0x0966 && code <= 0x096f) ||
    (code >= 0xff10 && code <= 0xff19)
  );
}

/** True for white space of any kind. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || code === 0xa0 || code === 0x3000 || (code >= 0x2000 && code <= 0x200b) || code === 0x2028;
}

/** True for punctuation outside ASCII: general punctuation, CJK and full-width forms, Arabic and Indic stops. */
export function isMark(code: number): boolean {
  return (
    (code >= 0x2010 && code <= 0x206f) ||
    (code >= 0x3001 && code <= 0x303f) ||
    (code >= 0xff01 && code <= 0xff0f) ||
    (code >= 0xff1a && code <= 0xff20) ||
    code === 0x060c ||
    code === 0x061b ||
    code === 0x061f ||
    code === 0x0964 ||
    code === 0xbf ||
    code === 0xa1 ||
    code === 0xab ||
    code === 0xbb ||
    code === 0xb7
  );
}
