import { expect, it } from 'vitest';
import { isOtherLanguage, looksLikeCode, withoutCode } from './code-language.ts';
import { scanText } from './gates.ts';

const block = (tag: string) => `Here it is:\n\n\`\`\`${tag}\nx\n\`\`\``;

it.each([
  ['PHP: convert an array into a CSV file', 'python', true],
  ['Binary search in Java over a sorted array', 'ruby', true],
  ['JavaScriptで配列の重複を取り除く関数', 'python', true],
  ['How would I average a column in R, ignoring NA?', 'sql', true],
  ['Write a stack class in TypeScript', 'js', false],
  ['Install a Python package without sudo', 'bash', false],
  ['Convert this Python function to JavaScript', 'js', false],
  ['Wie lese ich in Java eine JSON-Datei?', 'json', false],
  ['How do I prevent SQL injection in node?', 'js', false],
  ['Write a fast sort', 'rust', false],
  ['Write a Python function', 'brainfuck', false],
])('%s, answered in %s', (question, tag, expected) => {
  expect(isOtherLanguage(question, block(tag))).toBe(expected);
});

it('leaves code out of a text, in blocks, in lines and where a block never ends', () => {
  expect(withoutCode('Use `ls -l` here.')).toBe('Use  x  here.');
  expect(withoutCode('Так:\n```js\nlet a = 1;\n```\nГотово.')).toBe('Так:\n\n\nГотово.');
  expect(withoutCode('So:\n```js\nlet a')).toBe('So:\n\n');
});

it.each([
  ['docker image prune -a', true],
  ['=COUNTIFS(A:A,1)', true],
  ['df.groupby("a")', true],
  ['cd ../src/app', true],
  ['Paris is the capital of France.', false],
  ['Well-known, and 3 - 2 = 1.', false],
])('tells whether "%s" looks like code', (text, expected) => {
  expect(looksLikeCode(text, scanText(text))).toBe(expected);
});
