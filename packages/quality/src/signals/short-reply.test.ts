import { expect, test } from 'vitest';
import { read } from './signal-doubles.ts';

test.each([
  ['off-subject', 'What is the capital of Peru?', 'Bananas are yellow.', 1],
  ['off-subject', 'What is the capital of Peru?', 'Photosynthesis turns light into chemical energy.', 1],
  ['off-subject', 'What is the capital of Peru?', 'The capital is Lima.', 0],
  ['off-subject', 'What is the capital of Peru?', 'It is Lima.', 0],
  ['off-subject', 'What is the capital of Peru?', 'Lima', undefined],
  ['off-subject', 'Who wrote Ulysses?', 'Water boils at 100 degrees.', 1],
  ['off-subject', 'Who wrote Ulysses?', 'James Augustine Aloysius Joyce', undefined],
  ['off-subject', 'Where is the Prado?', 'In the centre of Madrid.', 0],
  ['off-subject', 'Which fruits are red?', 'Cherries, plums and raspberries.', 0],
  ['off-subject', 'Is the earth flat?', 'Pizza is made with cheese and tomatoes.', 1],
  ['off-subject', 'Is the earth flat?', 'No, it is nearly a sphere.', 0],
  ['off-subject', 'Why is the sky blue?', 'Bananas are yellow.', undefined],
  ['off-subject', 'Was ist die Hauptstadt von Peru?', 'Das Wetter ist heute schön.', 1],
  ['off-subject', '¿Cuál es la capital de Perú?', 'Los plátanos son amarillos.', 1],
  ['off-subject', 'ペルーの首都はどこですか。', '猫はとても可愛い動物です。', 1],
  ['off-subject', 'ペルーの首都はどこですか。', 'ペルーの首都はリマです。', 0],
  ['off-subject', '秘鲁的首都是哪里？', '香蕉是黄色的。', 1],
  ['off-subject', '秘鲁的首都是哪里？', '利马是首都。', 0],
  ['off-subject', 'ما هي عاصمة بيرو؟', 'الطقس جميل اليوم.', 1],
  ['no-name', 'Who wrote Ulysses?', 'A famous writer wrote it.', 1],
  ['no-name', 'Who wrote Ulysses?', 'It was written by James Joyce.', 0],
  ['no-name', 'What is the capital of Peru?', 'Peru is a country with many cities.', 1],
  ['no-name', 'Qual a capital do Peru?', 'O futebol é um esporte popular.', 1],
  ['no-name', 'Какая столица Перу?', 'Кошки любят молоко.', 1],
  ['no-name', 'Was ist die Hauptstadt von Peru?', 'Eine große Stadt am Meer.', undefined],
  ['leaves-text', 'Summarize in one sentence: "The library closes at six from Monday on because two of its clerks are ill."', 'Cats sleep for most of the day and night.', 1],
  ['leaves-text', 'Summarize in one sentence: "The library closes at six from Monday on because two of its clerks are ill."', 'With two clerks ill, the library closes at six.', 0],
  ['leaves-text', 'Reply to this customer: "The kettle that I ordered from you last week leaks."', 'Thank you for your application for the post of accountant.', 1],
  ['leaves-text', 'Reply to this customer: "The kettle that I ordered from you last week leaks."', 'We are very sorry about that. A new kettle is on its way to you.', 0],
])('%s, asked %j and given %j, is %j', (name, prompt, content, expected) => {
  expect(read(name, prompt, content)).toBe(expected);
});
