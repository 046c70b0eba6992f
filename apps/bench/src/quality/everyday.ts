import { everydayFigures } from './everyday-figures.ts';
import ownAnswers from './own/answers.json' with { type: 'json' };
import codeAnswers from './own/code-answers.json' with { type: 'json' };
import type { RecordedAnswer, Question } from './recordings.ts';

/**
 * Everyday requests with good answers, of our own writing. Benchmarks are made of questions that models get wrong, so nothing fitted on them knows
 * how seldom a cheap model fails at what people ask most. None of them is among the hand-written pairs.
 */
const everyday: readonly (readonly [prompt: string, ...answers: string[]])[] = [
  ['What is the capital of Canada?', 'Ottawa', 'The capital of Canada is Ottawa.'],
  ['Which is the largest planet of the solar system?', 'Jupiter', 'Jupiter is the largest planet in the solar system.'],
  ['Who painted Guernica?', 'Pablo Picasso', 'Guernica was painted by Pablo Picasso in 1937.'],
  ['What is the boiling point of water at sea level?', '100 °C', 'At sea level water boils at 100 °C (212 °F).'],
  ['In which year did the Second World War end?', '1945', 'It ended in 1945.'],
  ['How many minutes are in two hours?', '120', 'Two hours have 120 minutes.'],
  ['What is 15 + 27?', '42', '15 + 27 = 42'],
  ['What is 9 times 8?', '72', '9 times 8 is 72.'],
  ['Is 17 a prime number?', 'Yes', 'Yes, 17 is prime: it is divisible only by 1 and itself.'],
  ['How many centimetres are in a metre?', '100', 'There are 100 centimetres in a metre.'],
  ['Convert 5 kilograms to pounds.', '5 kg is about 11.02 pounds.'],
  ['What is 20% of 150?', '30', '20% of 150 is 30.'],
  ['hello', 'Hello! How can I help you?'],
  ['Hi, how are you?', 'I am doing well, thank you. How can I help you today?'],
  ['Good morning!', 'Good morning! What can I do for you?'],
  ['Thank you very much', 'You are welcome! Let me know if you need anything else.'],
  ['Bye', 'Goodbye! Have a nice day.'],
  ['Tell me a joke.', 'Why did the scarecrow win an award? Because he was outstanding in his field.'],
  ['Tell me a fun fact about octopuses.', 'An octopus has three hearts, and two of them stop beating while it swims.'],
  ['Give me a synonym for quick.', 'Fast', 'A synonym for quick is rapid.'],
  ['What is the opposite of ancient?', 'Modern', 'The opposite of ancient is modern.'],
  ['What is the plural of mouse?', 'Mice', 'The plural of mouse is mice.'],
  ['Spell the word for the day after Tuesday.', 'Wednesday'],
  ['Translate "thank you" into German.', 'Danke', '"Thank you" is "Danke" in German.'],
  ['Translate into Italian: Where is the train station?', 'Dov\'è la stazione ferroviaria?'],
  ['How do you say "see you tomorrow" in Spanish?', '"Hasta mañana"', 'You say "Hasta mañana".'],
  ['Translate to English: Je voudrais une table pour deux personnes.', 'I would like a table for two people.'],
  ['Correct the spelling: I recieved your mesage yesterday.', 'I received your message yesterday.'],
  ['Fix the grammar: He don\'t like coffee.', 'He doesn\'t like coffee.'],
  ['Rewrite politely: Send me the file now.', 'Could you please send me the file when you have a moment?'],
  ['Make this shorter: Due to the fact that it was raining, we decided to stay at home.', 'Because it was raining, we stayed at home.'],
  ['Summarise in one sentence: The shop will be closed on Monday for repairs and opens again on Tuesday at nine.', 'The shop is closed for repairs on Monday and reopens on Tuesday at nine.'],
  ['Write a short birthday wish for a colleague.', 'Happy birthday! I hope your day is full of good company and the year ahead brings you much joy.'],
  ['Write a subject line for an email about a postponed meeting.', 'Meeting postponed: new date to follow'],
  ['Suggest a name for a small bakery.', 'The Golden Crumb'],
  ['Give me three ideas for a quick breakfast.', '1. Yoghurt with fruit and oats\n2. Scrambled eggs on toast\n3. A banana and peanut butter smoothie'],
  ['Name two rivers in Europe.', 'The Danube and the Rhine'],
  ['List four primary needs of a house plant.', 'Light, water, nutrients and air.'],
  ['Write a haiku about autumn.', 'Leaves drift to the ground\nA cold wind moves through the trees\nGeese call far away'],
  ['Write a two-line poem about coffee.', 'A small warm cup to start the day,\nit wakes the mind and lights the way.'],
  ['What is photosynthesis? One sentence, please.', 'Photosynthesis is the process by which plants turn light, water and carbon dioxide into sugar and oxygen.'],
  ['Why do leaves change colour in autumn?', 'In autumn trees stop making chlorophyll, so the green fades and the yellow and orange pigments that were hidden by it become visible.'],
  ['What causes tides?', 'Tides are caused mainly by the gravity of the Moon, and to a lesser degree of the Sun, pulling on the oceans.'],
  ['Why do we have seasons?', 'Because the axis of the Earth is tilted, each hemisphere gets more sunlight in one half of the year than in the other.'],
  ['What is inflation?', 'Inflation is a general rise in prices over time, which means that the same money buys less.'],
  ['What does GDP stand for?', 'Gross domestic product'],
  ['What does CPU stand for?', 'Central processing unit', 'CPU stands for central processing unit.'],
  ['What is a variable in programming?', 'A variable is a named place in memory that holds a value which the program can read and change.'],
  ['How do I print "hello" in Python?', '```python\nprint("hello")\n```', 'Use `print("hello")`.'],
  ['Write a SQL query that selects all rows from the table users.', '```sql\nSELECT * FROM users;\n```'],
  ['Which git command shows the commit history?', '`git log`', 'Use `git log`.'],
  ['How do I list files in a folder on Linux?', 'Use the `ls` command; `ls -la` also shows hidden files and details.'],
  ['Write a regular expression that matches a run of digits.', '`\\d+`'],
  ['What does the HTTP status 500 mean?', 'It means that the server met an unexpected error while handling the request.'],
  ['Write a JavaScript function that adds two numbers.', '```js\nfunction add(a, b) {\n  return a + b;\n}\n```'],
  ['What is the difference between a list and a tuple in Python?', 'A list can be changed after it is created, a tuple cannot. Lists are written with square brackets, tuples with parentheses.'],
  ['How long should I boil pasta?', 'Most dried pasta needs 8 to 12 minutes in salted boiling water; check the packet and taste it.'],
  ['How do I get red wine out of a white shirt?', 'Blot it, do not rub; cover the stain with salt or soda water, then soak it in cold water with detergent before washing.'],
  ['What can I substitute for butter in baking?', 'Use the same amount of margarine, or about three quarters of the amount of vegetable oil.'],
  ['How many cups are in a litre?', 'A litre is about 4.2 US cups.'],
  ['What should I pack for a day hike?', 'Water, snacks, a map or phone, a rain jacket, sun protection, and a small first aid kit.'],
  ['How do I apologise for being late to a meeting?', 'Say it briefly and honestly: "I am sorry for being late and for the time you had to wait. It will not happen again."'],
  ['How do I change the language on my phone?', 'Open Settings, go to System or General, choose Language, and pick the one you want.'],
  ['My order has not arrived. What can I do?', 'Check the tracking number in your confirmation email first. If it shows no progress for a few days, contact the seller with your order number.'],
  ['How do I cancel my subscription?', 'Sign in, open Account or Billing settings, choose Subscription, and select Cancel. You keep access until the end of the period you have paid for.'],
  ['What are your opening hours?', 'I do not have the opening hours of a particular shop. Please tell me which one you mean, or check its website.'],
  ['Classify the sentiment: I love this phone, the battery lasts for days.', 'Positive', 'The sentiment is positive.'],
  ['Is this review positive or negative? "The food was cold and the waiter was rude."', 'Negative', 'The review is negative.'],
  ['Extract the city from this sentence: She moved to Lisbon in 2019.', 'Lisbon'],
  ['Which day follows Friday?', 'Saturday'],
  ['What is the past tense of go?', 'Went'],
  ['How many letters are in the word apple?', '5', 'The word apple has 5 letters.'],
  ['Sort these words alphabetically: pear, apple, fig.', 'apple, fig, pear'],
  ['Write the numbers 1 to 5 separated by commas.', '1, 2, 3, 4, 5'],
  ['Who discovered penicillin?', 'Alexander Fleming', 'Penicillin was discovered by Alexander Fleming in 1928.'],
  ['What is the currency of Japan?', 'The yen', 'The currency of Japan is the yen.'],
  ['Which ocean lies between Europe and America?', 'The Atlantic Ocean'],
  ['What is the tallest mountain on Earth?', 'Mount Everest', 'Mount Everest, at about 8,849 metres above sea level.'],
  ['What language is spoken in Brazil?', 'Portuguese', 'The official language of Brazil is Portuguese.'],
  ['What is the chemical formula of water?', 'H2O', 'The chemical formula of water is H2O.'],
  ['How many bones does an adult human have?', '206', 'An adult human has 206 bones.'],
  ['What is a good temperature for a bedroom at night?', 'Most people sleep best at about 16 to 19 °C.'],
  ['What is the normal body temperature of a person?', 'About 37 °C (98.6 °F), with small differences from person to person.'],
  ['What is a landlord?', 'A landlord is the owner of a property who rents it to a tenant.'],
  ['What is compound interest?', 'Compound interest is interest that is paid on the original sum and on the interest it has already earned.'],
  ['Wie heißt die Hauptstadt von Spanien?', 'Madrid', 'Die Hauptstadt von Spanien ist Madrid.'],
  ['Was ist 12 mal 12?', '144', '12 mal 12 ist 144.'],
  ['Übersetze ins Englische: Ich habe morgen keine Zeit.', 'I don\'t have time tomorrow.'],
  ['Wie lange muss ein Ei kochen, damit es hart ist?', 'Ein hartes Ei braucht etwa zehn Minuten in kochendem Wasser.'],
  ['Wer hat Faust geschrieben?', 'Johann Wolfgang von Goethe', 'Faust wurde von Johann Wolfgang von Goethe geschrieben.'],
  ['Quelle est la capitale du Portugal ?', 'Lisbonne', 'La capitale du Portugal est Lisbonne.'],
  ['Combien de jours y a-t-il en février une année bissextile ?', '29', 'Il y a 29 jours.'],
  ['Traduis en anglais : Il fait beau aujourd\'hui.', 'The weather is nice today.'],
  ['¿Cuántos lados tiene un triángulo?', 'Tres', 'Un triángulo tiene tres lados.'],
  ['¿Quién escribió Don Quijote?', 'Miguel de Cervantes', 'Don Quijote fue escrito por Miguel de Cervantes.'],
  ['Hola, ¿qué tal?', '¡Hola! Todo bien, gracias. ¿En qué puedo ayudarte?'],
  ['Qual è la capitale della Grecia?', 'Atene', 'La capitale della Grecia è Atene.'],
  ['Qual é o maior país da América do Sul?', 'O Brasil', 'O maior país da América do Sul é o Brasil.'],
  ['Wat is de hoofdstad van Nederland?', 'Amsterdam', 'De hoofdstad van Nederland is Amsterdam.'],
  ['Ile to jest 7 razy 6?', '42', '7 razy 6 to 42.'],
  ['Какая столица Франции?', 'Париж', 'Столица Франции: Париж.'],
  ['中国的首都是哪里？', '北京', '中国的首都是北京。'],
  ['「ありがとう」は英語で何と言いますか。', 'Thank you', '「Thank you」と言います。'],
  ['대한민국의 수도는 어디입니까?', '서울', '대한민국의 수도는 서울입니다.'],
  ['ما هي عاصمة مصر؟', 'القاهرة', 'عاصمة مصر هي القاهرة.'],
  ['भारत की राजधानी क्या है?', 'नई दिल्ली', 'भारत की राजधानी नई दिल्ली है।'],
];

/**
 * How often answers to such requests are right, by class of model: assumed, with the nearest recordings as the measure. Cheap models of 2024 are right on
 * 96% of the short science questions of SciQ and score 0.92 on the short plain turns of MT-bench; those of 2023 score 0.73 to 0.85 there and in Arena-Hard.
 */
const goodShare = { older: 0.75, small: 0.91, cheap: 0.95, dear: 0.98 };
const writers: readonly (readonly [model: string, good: number])[] = [
  ['gpt-4o-mini', goodShare.cheap], ['gemini-1.5-flash', goodShare.cheap], ['llama-3.1-8b-instruct', goodShare.small], ['claude-3-haiku-20240307', goodShare.older], ['gpt-3.5-turbo-1106', goodShare.older], ['mixtral-8x7b-instruct-v0.1', goodShare.older],
  ['gpt-4o', goodShare.dear], ['claude-3-5-sonnet-20241022', goodShare.dear],
];

/** Name of the set that these requests make up. */
export const everydaySet = 'everyday';

/** True for one of the everyday requests: no models were recorded on them, so nothing is learned from them about pairs of models. */
export function isEveryday(question: Question): boolean {
  return question.set === everydaySet;
}

/** The everyday requests in the form of a recorded set, each answer as if several models had written it. */
export function everydayQuestions(): Question[] {
  return [...everyday, ...everydayFigures, ...([...ownAnswers, ...codeAnswers] as [string, string][])].flatMap(([prompt, ...answers]) => answers.map((text, index): Question => {
    const all = writers.map(([model, good]): [string, RecordedAnswer] => [model, { text, good }]);
    return { set: everydaySet, id: `${prompt} ${index}`, promptText: prompt, request: { messages: [{ role: 'user', content: prompt }] }, answers: new Map(all) };
  }));
}
