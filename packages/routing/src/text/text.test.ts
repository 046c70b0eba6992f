import { describe, expect, it } from 'vitest';
import { estimatePromptTokens, estimateTokens } from './estimate-tokens.ts';
import { detectLanguage } from './language.ts';
import { readStructure, structureCap } from './structure.ts';

describe('readStructure', () => {
  it('counts what it sees', () => {
    expect(readStructure('Which is right?\nA. 12\nB. 3.5, or so')).toMatchObject({ words: 7, questions: 1, numbers: 2, choices: 2, lines: 3, clauses: 1 });
    expect(readStructure('```js\nif (a) { b(); }\n```')).toMatchObject({ fences: 2 });
  });

  it('counts words in scripts without spaces', () => {
    expect(readStructure('我们明天去看医生').words).toBeCloseTo(8 / 1.7, 5);
    expect(readStructure('Привет, как дела?')).toMatchObject({ words: 3, questions: 1, clauses: 1 });
  });

  it('samples both ends of a long text', () => {
    const text = `${'one two. '.repeat(5000)}`;
    const { words, length } = readStructure(text);
    expect(length).toBeGreaterThan(structureCap);
    expect(words / 10_000).toBeCloseTo(1, 1);
  });
});

describe('estimateTokens', () => {
  it.each([
    ['The quick brown fox jumps over the lazy dog.', 10],
    ['你好，世界', 4],
    ['', 0],
  ])('is near the count of a real vocabulary: %s', (text, tokens) => {
    expect(Math.abs(estimateTokens(text) - tokens)).toBeLessThanOrEqual(Math.max(1, tokens * 0.25));
  });

  it('counts messages, tools and a demanded schema, and takes an exact tokenizer', () => {
    const messages = [{ role: 'user', content: 'hello' }] as const;
    expect(estimateTokens(messages, () => 10)).toBe(14);
    expect(estimatePromptTokens({ messages, tools: [{ name: 'f', parameters: {} }], responseFormat: { type: 'json-schema', schema: {} } }, () => 10)).toBe(14 + 30 + 10);
  });

  it('scales texts beyond what it reads', () => {
    expect(estimateTokens('word '.repeat(20_000)) / estimateTokens('word '.repeat(2_000))).toBeCloseTo(10, 0);
  });
});

describe('detectLanguage', () => {
  it.each([
    ['What should I wear to the wedding?', 'en'], ['Wie lange muss ich das kochen und wann ist es fertig?', 'de'], ['Quelle est la plus grande planète ?', 'fr'], ['¿Cuánto cuesta una entrada para el museo?', 'es'],
    ['Как тебя зовут?', 'ru'], ['Як тебе звати? Мене звуть Ігор', 'uk'], ['お元気ですか', 'ja'], ['你好吗', 'zh'], ['안녕하세요', 'ko'], ['كيف حالك', 'ar'], ['x = 3', undefined],
  ])('%s: %s', (text, language) => {
    expect(detectLanguage(text)).toBe(language);
  });
});
