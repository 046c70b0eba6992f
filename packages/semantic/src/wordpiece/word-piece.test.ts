import { readFileSync } from 'node:fs';
import { Tokenizer } from '@huggingface/tokenizers';
import { expect, test } from 'vitest';
import { readOnnx } from '../model-file/read-onnx.ts';
import { Vocabulary } from './vocabulary.ts';
import { PieceBuffer, WordPiece } from './word-piece.ts';

const pieces = (readOnnx(readFileSync(new URL('../../assets/model.onnx', import.meta.url))).metadata.get('vocabulary') ?? '').split('\n');
const unknown = pieces.indexOf('[UNK]');
const ours = new WordPiece(new Vocabulary(pieces.join('\n')), unknown);
const library = new Tokenizer(
  {
    version: '1.0',
    added_tokens: [],
    normalizer: { type: 'BertNormalizer', clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: true },
    pre_tokenizer: { type: 'BertPreTokenizer' },
    post_processor: null,
    decoder: null,
    model: {
      type: 'WordPiece',
      unk_token: '[UNK]',
      continuing_subword_prefix: '##',
      max_input_chars_per_word: 100,
      vocab: Object.fromEntries(pieces.map((piece, id) => [piece, id])),
    },
  },
  {},
);

function encode(text: string): string[] {
  const buffer = new PieceBuffer();
  ours.encode(text, buffer);
  return [...buffer.ids.subarray(0, buffer.length)].map((id) => pieces[id] as string);
}

function expectSame(text: string): void {
  const theirs = library.encode(text, { add_special_tokens: false }).ids.map((id) => pieces[id]);
  expect(encode(text), JSON.stringify(text)).toEqual(theirs);
}

test.each([
  'What is the capital of France?',
  "Don't split_this (badly): a+b=c; x<y && 3.14e-10!",
  'Curly “quotes”, a dash – and an ellipsis… don’t fail',
  'Ünïcödé naïve façade Ångström İstanbul ΑΘΗΝΑΣ Straße ﬁne ½ ² K',
  '你好，世界！東京タワー 한국어 กรุงเทพ हिन्दी العربية עברית',
  'tabs\tand\nlines\r\nand\u00a0hard\u2003spaces\u2028here\ufeffthere',
  'null\u0000bytes \u0007bell zero\u200bwidth soft\u00adhyphen \ufffd',
  '🙂 family 👩‍👩‍👧 flags 🇩🇪 math 𝔸𝕓 rare',
  'antidisestablishmentarianism pneumonoultramicroscopicsilicovolcanoconiosis qwrtzpsdfg',
  'x'.repeat(100),
  'x'.repeat(101),
  '𝕏'.repeat(100),
  `${'a'.repeat(99)}é ${'é'.repeat(101)}`,
  '$100 = €92 < £80 ^_^ `code` ~ | \\frac{1}{2} \\( x_1 \\)',
  '##ing ## # [x] half-width ｶﾀｶﾅ ＦＵＬＬ',
  '',
  '   ',
])('gives the pieces of the tokenizers library: %j', expectSame);

test('gives the pieces of the library on random mixtures', () => {
  const alphabet = [...'abcdeingst AB .,-\'"()\n\t0123', 'é', 'ü', 'ß', '’', '–', '中', '文', 'か', '한', 'ا', 'й', '🙂', '\u0301', '\u200d', '\u00a0', '\u0000', 'İ', 'ǅ', '½', '￥', '。'];
  let state = 42;
  const next = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  for (let round = 0; round < 3000; round++) {
    const length = Math.floor(next() * 24);
    expectSame(Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join(''));
  }
});

test('reads names of special tokens as plain text', () => {
  expect(encode('[SEP] [MASK]')).toEqual(['[', 'sep', ']', '[', 'mask', ']']);
});

test('drops lone surrogates', () => {
  expect(encode('a\ud800b \udc00')).toEqual(encode('ab'));
});
