import type { ModelRequest, SignalFinding, TokenLogprob } from '@cascadeflow/contract';
import { describe, expect, test } from 'vitest';
import { ask, draft, read } from './signal-doubles.ts';
import { builtinSignals } from './table.ts';

const veto = (found: number | SignalFinding | undefined) => (typeof found === 'object' ? found.veto : undefined);

describe('endings', () => {
  test('what is empty, cut or filtered can never be accepted', () => {
    expect(veto(read('filled', 'Hi', ' \n '))).toContain('empty');
    expect(read('filled', 'Hi', '4')).toBe(1);
    expect(veto(read('finished', 'Hi', draft('x', { complete: false })))).toContain('cut off');
    expect(veto(read('finished', 'Hi', draft('x', { finishReason: { unified: 'length' } })))).toContain('token limit');
    expect(read('finished', 'Hi', 'x')).toBe(1);
  });

  test('an open fence, an open bracket and a broken sentence look cut off', () => {
    expect(read('cut-off', 'Write code', '```js\nlet a = 1;')).toBe(1);
    expect(read('cut-off', 'Why?', 'It lowers the heart rate and (')).toBe(1);
    expect(read('cut-off', 'Why?', 'It rains.')).toBe(0);
    expect(read('cut-off', 'Why?', `${'The body builds cells so that it can answer '.repeat(4)}large amounts of the`)).toBe(0.5);
    const letter = `Dear Mr Hughes,\n\n${'the heating in my kitchen has not worked since Monday. '.repeat(3)}\n\nKind regards`;
    expect(read('cut-off', 'Write a letter', letter)).toBe(0);
    expect(read('cut-off', 'Write a letter', `${letter},\nAnna Brown`)).toBe(0);
    expect(read('cut-off', 'Write a letter', `${letter}\nAs I told you on the phone yesterday, it is still`)).toBe(0.5);
  });

  test('a loop is a veto, ordinary repetition is not', () => {
    expect(veto(read('repetition', 'Go', 'we will go to the sea and '.repeat(30)))).toContain('loop');
    expect(read('repetition', 'Go', 'One fish swims. Two fish swim. Three fish swim away from the shore.')).toBe(0);
    expect(veto(read('repetition', 'Go', '='.repeat(80)))).toContain('one character');
  });
});

describe('language', () => {
  test.each([
    ['Wie viele Planeten gibt es in unserem Sonnensystem?', 'There are eight planets in the solar system and the largest of them is Jupiter.', 1],
    ['How many planets are there in the solar system?', 'There are eight planets in the solar system and the largest of them is Jupiter.', 0],
    ['Сколько планет в Солнечной системе?', 'There are eight planets in it.', 1],
    ['日本の首都はどこですか。', '東京です。', 0],
    ['Translate into German: the house is big and the garden is small', 'Das Haus ist groß und der Garten ist klein, und das ist alles.', 0],
    ['Translate into German: the house is big and the garden is small', 'The house is big and the garden is small.', 1],
    ['Translate into French: "She would have come if she had known."', 'Sie wäre gekommen, wenn sie es gewusst hätte.', 1],
    ['Translate into French: "She would have come if she had known."', "Elle serait venue si elle l'avait su.", 0],
    ['Translate into French: "She would have come if she had known."', `In French you would say: "Elle serait venue si elle l'avait su."`, 0],
    ['Translate "He answered in English" to Russian.', 'He answered in English', 1],
    ['Translate "He answered in English" to Russian.', 'Он ответил по-английски.', 0],
    ['Translate to Spanish: Berlin, Paris', 'Berlín, París', undefined],
    ['Übersetze ins Englische: Ich habe morgen keine Zeit.', 'Ich habe morgen keine Zeit.', 1],
    ['Traduis en anglais : Il fait beau aujourd’hui.', 'The weather is nice today.', 0],
    ['把下面的句子翻译成英文：今天天气很好。', '今天天气很好。', 1],
    ['把下面的句子翻译成英文：今天天气很好。', 'The weather is nice today.', 0],
    ['「ありがとう」を英語に翻訳してください。', 'ありがとうございます', 1],
    ['Write a short note in German about the bus.', 'The bus is late and it will be here at nine, so do not wait for me.', 1],
    ['What did people in German towns think of the treaty?', 'They thought of it as a burden and said so at the time.', undefined],
    ['How do you say "good night" in Italian?', 'Buonanotte', undefined],
    ['Capital of France?', 'Paris', undefined],
  ])('%s', (request, answer, expected) => {
    expect(read('wrong-language', request, answer) ?? undefined).toBe(expected);
  });

  test('a language that the instructions name counts like one that the request names', () => {
    const request: ModelRequest = { messages: [{ role: 'system', content: 'Always answer in German.' }, { role: 'user', content: 'How far is the moon from the earth?' }] };
    expect(read('wrong-language', request, 'The moon is about 384,000 km from the earth.')).toBe(1);
    expect(read('wrong-language', request, 'Der Mond ist etwa 384.000 km von der Erde entfernt.')).toBe(0);
  });

  test('refusals are recognised in several languages, and an apology that goes on to answer is none', () => {
    for (const text of ['I am sorry, but I cannot help with that.', 'I am very sorry, I am unable to do this.', 'I am afraid I can’t answer that.', 'My apologies, but I cannot share it.', "I'm sorry, but I can't help with that.", 'Lo siento, no puedo ayudar con eso.', 'Es tut mir leid, das geht nicht.', '抱歉，我无法回答。']) {
      expect(read('refusal', 'Hi', text), text).toBe(1);
    }
    expect(read('refusal', 'Write an apology', 'Sorry for the delay. Your parcel arrives on Friday.')).toBe(0);
  });
});

describe('form', () => {
  test('demanded JSON is checked against its schema', () => {
    const schema = { type: 'object', properties: { age: { type: 'integer' } }, required: ['age'] };
    const request = ask('Age?', { responseFormat: { type: 'json-schema', schema } });
    expect(read('demanded-json', request, '```json\n{"age": 4}\n```')).toBe(1);
    expect(veto(read('demanded-json', request, '{"age": "four"}'))).toContain('/age');
    expect(veto(read('demanded-json', request, 'four'))).toContain('not valid JSON');
    expect(read('demanded-json', 'Age?', 'four')).toBeUndefined();
  });

  test('asked counts, asked lengths and options are compared with what is there', () => {
    expect(read('item-miss', 'List 4 fruits', '1. apple\n2. pear')).toBe(0.5);
    expect(read('item-miss', 'List 2 fruits', '- apple\n- pear')).toBe(0);
    expect(read('length-miss', 'Write it in at most 10 words.', 'short enough')).toBe(0);
    expect(read('length-miss', 'Write an essay of 200 words.', 'Too short.')).toBe(1);
    const choice = 'Which?\nA) red\nB) blue';
    expect(read('among-options', choice, 'B')).toBe(1);
    expect(read('among-options', choice, 'The answer is (D).')).toBe(0);
  });

  test('code blocks must hold together', () => {
    expect(read('code-form', 'x', '```js\nconst a = "}"; // {\nf(a);\n```')).toBe(1);
    expect(read('code-form', 'x', '```js\nif (a) {\n```')).toBe(0);
    expect(read('code-form', 'x', '```json\n{"a": 1,}\n```')).toBe(0);
    expect(read('code-form', 'x', '```python\n# it\'s (fine\nprint("a")\n```')).toBe(1);
    expect(read('code-form', 'x', 'no code')).toBeUndefined();
  });
});

describe('numbers', () => {
  const question = 'Tom has 45 apples and gives away 18. How many are left?';
  test('wrong arithmetic and answers that do not follow are seen', () => {
    expect(read('arithmetic-errors', question, '45 - 18 = 37, so 37 are left.')).toBe(1);
    expect(read('arithmetic-errors', question, '45 - 18 = 27, so 27 are left.')).toBe(0);
    expect(read('arithmetic-errors', question, 'Twenty-seven.')).toBeUndefined();
    expect(read('answer-follows', question, '45 - 18 = 27.\nThe answer is 30.')).toBe(0);
    expect(read('unused-numbers', question, '45 are left.')).toBe(0.5);
  });

  test('decimals in an answer are no sign of their own', () => {
    const rates = 'What are 1,000 euros worth after two years at 3%?';
    expect(read('answer-kind', rates, 'The answer is 1060.90 euros.')).toBe(read('answer-kind', rates, 'The answer is 1060 euros.'));
  });

  test('a choice among numbers is held against what was computed', () => {
    const choice = 'How long is it?\nA) 12 m\nB) 24 m\nC) 36 m';
    const way = 'We multiply the width of the field by two and then by three more, so that 4 * 6 = 24 metres.';
    expect(read('choice-gap', choice, `${way} The answer is (B).`)).toBe(0);
    expect(read('last-gap', choice, `${way} The answer is (C).`)).toBeCloseTo(1 / 3);
    expect(read('rivals-quoted', 'Which?\nA) the red fox\nB) the blue whale', 'The blue whale lives in the sea, unlike all of the others, and the red fox lives in a wood. The answer is (A).')).toBe(1);
    expect(read('stem-length', choice, 'B')).toBeCloseTo(Math.log1p(5));
    expect(read('answer-first', question, '45 - 18 = 27.')).toBeGreaterThan(0.5);
  });

  test('a summary or a letter has no final number and may leave numbers out', () => {
    const asked = 'Summarise in one sentence: Sales rose from 1.9 to 2.3 million euros, and 14 of 20 shops grew.';
    const given = 'Sales rose to 2.3 million euros, and most of the shops that belong to the group grew as well over the year.';
    for (const name of ['unused-numbers', 'answer-found', 'answer-size', 'answer-mentions', 'answer-kind']) expect(read(name, asked, given), name).toBeUndefined();
    expect(read('off-topic', 'Translate into German: "The train to Cologne leaves at half past nine from another platform today."', 'Die Bahn fährt heute um halb zehn von einem anderen Gleis nach Köln ab.')).toBeUndefined();
  });
});

describe('confidence', () => {
  const token = (text: string, logprob: number): TokenLogprob => ({ token: text, logprob });
  test('the probability of the answer token is read where the answer stands', () => {
    const tokens = [token('The answer is ', -0.2), token('42', Math.log(0.8)), token('.', -0.01)];
    expect(read('answer-probability', 'What is 6 * 7?', draft('The answer is 42.', { logprobs: tokens }))).toBeCloseTo(0.8);
  });

  test('placeholders count as absent', () => {
    for (const value of [0, -9999]) {
      const tokens = [token('4', value), token('2', value)];
      expect(read('answer-probability', 'What is 6 * 7?', draft('42', { logprobs: tokens }))).toBeUndefined();
      expect(read('logprob-low', 'What is 6 * 7?', draft('42', { logprobs: tokens }))).toBeUndefined();
    }
  });

  test('confidence that the draft states is read as a probability', () => {
    expect(read('stated-confidence', 'Is it?', '{"Answer": "True", "Confidence": 0.85}')).toBe(0.85);
    expect(read('stated-confidence', 'Is it?', 'Yes. Confidence: 90%')).toBe(0.9);
    expect(read('stated-confidence', 'Which?\nA) x\nB) y', '{"Answer": "B", "A": "0.2", "B": "0.8"}')).toBe(0.8);
    expect(read('stated-confidence', 'Is it?', 'Yes.')).toBeUndefined();
  });
});

test('talk without content and garbage are told from answers', () => {
  const talk = 'Great question! There are many factors and it depends on various aspects. In general, different approaches work. I hope this helps!';
  expect(read('vacuous', 'How do I store basil?', talk)).toBeGreaterThan(0.5);
  expect(read('vacuous', 'How do I store basil?', 'Put the stems in a glass of water at room temperature and change the water every two days.')).toBe(0);
  expect(read('garbled', 'Who?', 'xkqz zzvrt blnkrpf wqtz mmprt fgjkl')).toBe(1);
  expect(read('garbled', 'Who?', 'Leonardo da Vinci painted it.')).toBe(0);
});

test('every signal has a name of its own', () => {
  const names = builtinSignals.map((signal) => signal.name);
  expect(new Set(names).size).toBe(names.length);
  expect(names.every((name) => /^[a-z][a-z-]*$/.test(name))).toBe(true);
});
