import { expect, test } from 'vitest';
import { builtinSignals } from './table.ts';

function read(name: string, prompt: string, content: string): unknown {
  const signal = builtinSignals.find((one) => one.name === name);
  return signal?.({
    request: { messages: [{ role: 'user', content: prompt }] },
    draft: { provider: 'p', model: 'm', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true },
  });
}

test.each([
  ['placeholder', 'How many r are in strawberry?', 'undefined', 1],
  ['placeholder', 'What does JavaScript give for a missing field?', 'undefined', 0],
  ['placeholder', 'Hi', '{"error": {"code": 429}}', 1],
  ['placeholder', 'Write a slogan', '[Your slogan here]', 1],
  ['placeholder', 'Hi', 'x', 1],
  ['placeholder', 'Which variable is unknown?', 'x', 0],
  ['placeholder', 'Who wrote Hamlet?', 'Shakespeare', 0],
  ['cannot-answer', 'Hoeveel provincies heeft Nederland?', 'Sorry, daar kan ik niet bij helpen.', 1],
  ['placeholder', 'What is the opposite of full?', 'Empty', 0],
  ['placeholder', 'What is 1 / 0?', 'undefined', 0],
  ['placeholder', 'Wie viel ist fünf minus fünf?', 'Null', 0],
  ['placeholder', 'Which HTML tag makes a paragraph?', '<p>', undefined],
  ['cannot-answer', '¿Quién ganó?', 'No sé.', 1],
  ['cannot-answer', 'Kto wygrał?', 'Nie mogę odpowiedzieć.', 1],
  ['cannot-answer', 'Can penguins fly?', 'No, they cannot fly.', 0],
  ['cannot-answer', 'Write a reply that I cannot come', 'I cannot come on Saturday.', undefined],
  ['cannot-answer', 'Translate into English: "Ich weiß es nicht."', "I don't know.", undefined],
  ['off-label', 'Classify as positive, negative or neutral: "cold soup"', 'purple', 1],
  ['off-label', 'Classify as positive, negative or neutral: "cold soup"', 'Negative.', 0],
  ['off-label', 'Antworte mit ja oder nein: ist Eis kalt?', 'Vielleicht', 1],
  ['off-label', 'Is the earth round or flat?', 'It is an oblate spheroid.', undefined],
  ['off-label', 'Answer in German or English: what is a cat?', 'Eine Katze ist ein Haustier.', undefined],
  ['off-label', 'Choose: (A) nucleus (B) mitochondrion (C) ribosome', 'E', 1],
  ['off-label', 'Choose: (A) nucleus (B) mitochondrion (C) ribosome', 'B', 0],
  ['off-label', 'Choose: (A) nucleus (B) mitochondrion (C) ribosome', 'the ribosome', 0],
  ['off-label', 'Choose: (A) nucleus (B) mitochondrion (C) ribosome', 'I think B', 0],
  ['off-label', 'Choose: (A) nucleus (B) mitochondrion (C) ribosome', 'Z', 1],
  ['few-items', 'List five fruits', 'apple\nbanana', 0.6],
  ['few-items', 'Nenne drei Farben', 'rot, blau und grün', 0],
  ['few-items', 'Give me 10 in binary', '1010', undefined],
  ['json-miss', 'Return a JSON array of planets', 'Jupiter and Saturn', 1],
  ['json-miss', 'Return a JSON array of planets', '["Jupiter"]', 0],
  ['json-miss', 'What is JSON?', 'A format for data.', undefined],
  ['code-miss', 'Write a Python function that adds', 'Python is a language.', 1],
  ['code-miss', 'Write a Python function that adds', 'def add(a, b): return a + b', 0],
  ['code-miss', 'Write a command that shows the folder', 'pwd', 0],
  ['echo', 'Fix the grammar: "He don\'t like when it rain."', "He don't like when it rain.", 1],
  ['echo', 'Fix the grammar: "He don\'t like when it rain."', "He doesn't like it when it rains.", 0],
  ['echo', 'Correct the capitals: paris is in france', 'Paris is in France', 0],
  ['echo', 'Correct the punctuation: where are you now', 'Where are you now?', 0],
  ['stutter', 'Write "ha" eight times', 'ha ha ha ha ha ha ha ha', undefined],
  ['stutter', 'Go', 'no no no no no no no no', 0.875],
  ['stutter', 'Go', 'One fish swims and two fish swim away', 0],
  ['cut-word', 'Name three colours', 'Red, yellow and', 1],
  ['cut-word', 'Name three colours', 'Red, yellow and blue', 0],
  ['cut-word', 'Übersetze: What is going on', 'Was ist hier los', 0],
  ['cut-word', 'Vertaal: I know it', 'Ja, ik weet het', 0],
  ['arithmetic-slip', 'What is 25% of 80?', '25% of 80 is 25.', 1],
  ['arithmetic-slip', 'What is 25% of 80?', '25% of 80 = 20', undefined],
])('%s, asked %j and given %j, is %j', (name, prompt, content, expected) => {
  const value = read(name, prompt, content);
  if (typeof expected === 'number') expect(value).toBeCloseTo(expected);
  else expect(value).toBe(expected);
});
