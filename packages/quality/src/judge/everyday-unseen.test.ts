import type { ModelInfo } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import { accepts } from './everyday-doubles.ts';

const verifier: ModelInfo = { name: 'gpt-4o', provider: 'openai', tier: 1, price: { input: 2.5, output: 10 }, capabilities: {} };

/** What people ask for, a good answer, and one whose flaw can be seen. Written without looking at a verdict, and nothing was fitted on them. */
const table: readonly (readonly [prompt: string, good: string, bad: string])[] = [
  ['How much is 8% sales tax on a $249.50 jacket?', '8% of $249.50 is $19.96.', 'I am sorry, but I cannot help with tax questions.'],
  ['A loan of 5,000 dollars at 4.5% simple interest: what interest is due after one year?', '5,000 × 0.045 = $225.00', '5,000 * 0.045 = 325, so the interest is 325 dollars.'],
  ['What is 3.2 km in miles?', '3.2 km is about 1.99 miles.', 'The recipe needs three cups of flour, two eggs and a pinch of salt, and it bakes for about forty minutes until the crust is golden.'],
  ['Summarise in one sentence: Unemployment fell from 5.4% to 4.9% in the third quarter, the lowest figure since 2008, and 120,000 jobs were added, mostly in health care.', 'Unemployment fell to 4.9% in the third quarter, its lowest since 2008, as 120,000 jobs were added, mostly in health care.', 'That is a great topic! There are many factors and various aspects to consider, and in general it depends on different perspectives. Let me know if you need more.'],
  ['Summarise in one sentence: The library will be closed from 3 to 17 August while the heating is replaced. Loans are extended automatically and the reading room of the school can be used.', 'The library is closed from 3 to 17 August for work on the heating; loans are extended and the school\'s reading room is open to readers.', 'La bibliothèque sera fermée du 3 au 17 août pendant que le chauffage est remplacé, et les prêts sont prolongés pour tous les lecteurs.'],
  ['Translate into German: "The invoice over 1,250.50 dollars is due on the 15th of March."', 'Die Rechnung über 1.250,50 Dollar ist am 15. März fällig.', 'The invoice over 1,250.50 dollars is due on the 15th of March.'],
  ['Translate into Spanish: "I would like to book a double room for the night of 12 May."', 'Quisiera reservar una habitación doble para la noche del 12 de mayo.', 'Je voudrais réserver une chambre double pour la nuit du 12 mai.'],
  ['Translate into French: "Please turn off the lights when you leave the office."', 'Veuillez éteindre les lumières en quittant le bureau.', 'Please turn off the lights when you leave the office.'],
  ['Translate to English: "Le colis pèse 2,4 kilos et sera livré jeudi prochain."', 'The parcel weighs 2.4 kilos and will be delivered next Thursday.', 'Le colis pèse 2,4 kilos et sera livré jeudi prochain.'],
  ['Übersetze ins Englische: "Der Vertrag läuft am 31. Dezember 2025 aus und verlängert sich nicht."', 'The contract expires on 31 December 2025 and is not renewed.', 'Der Vertrag läuft am 31. Dezember 2025 aus und verlängert sich nicht.'],
  ['Traduci in inglese: "Il treno per Milano parte alle 7:45 dal binario 6."', 'The train to Milan leaves at 7:45 from platform 6.', 'El tren para Milán sale a las 7:45 del andén 6 y llega a las once de la mañana.'],
  ['Переведи на английский: «Завтра в девять утра у нас совещание».', 'We have a meeting tomorrow at nine in the morning.', 'Завтра в девять утра у нас совещание.'],
  ['把这句话翻译成英文：我们明天上午十点在车站见面。', 'We will meet at the station at ten tomorrow morning.', '我们明天上午十点在车站见面。'],
  ['Write a short email to a landlord: the heating in the kitchen has been broken since Monday.', 'Dear Mr Hughes,\n\nthe heating in my kitchen has not worked since Monday. Could you please send someone to repair it this week?\n\nKind regards,\nAnna Brown', 'As an AI language model, I cannot write emails.'],
  ['Write a friendly reply to a customer whose parcel of 39.99 euros arrived damaged.', 'Dear customer,\n\nwe are sorry that your parcel arrived damaged. We will refund the 39.99 euros within three days, or send you a new one if you prefer.\n\nBest wishes', 'xvq plmtr zzkrw bnntq dfghj klmpw rrtzs vvxcb nmlkj qwrtp'],
  ['Schreibe eine kurze E-Mail: Der Termin am 5. Juni um 14 Uhr muss auf den 7. Juni verschoben werden.', 'Sehr geehrte Frau Wolf,\n\nleider muss ich unseren Termin am 5. Juni um 14 Uhr absagen. Passt Ihnen stattdessen der 7. Juni zur gleichen Zeit?\n\nMit freundlichen Grüßen', 'The appointment on the fifth of June has to be moved to the seventh of June because I am not able to be there at two.'],
  ['Extract the email address: "Write to Jo at jo.miller@example.org or call 555-0132."', 'jo.miller@example.org', '...'],
  ['Extract the total as JSON: "2 chairs at 49.90 each, shipping 7.50, total 107.30 euros"', '{"total": 107.3}', '{"total": 107.3, "items": [{"name": "chairs", "price": 49.9'],
  ['What is the melting point of gold in degrees Celsius?', '1,064.18 °C', 'Das weiß ich leider nicht so genau, aber man kann es in jedem guten Buch über Metalle nachlesen.'],
  ['Why does ice float on water?', 'Ice floats because water expands when it freezes, so ice is less dense than liquid water (about 0.92 against 1.00 grams per cubic centimetre).', 'Ice floats on water because the ice floats on water because the ice floats on water because the ice floats on water because the ice floats on water because the ice floats on water because'],
  ['¿Cuántos kilómetros hay de Madrid a Barcelona por carretera?', 'Unos 620 kilómetros.', 'Lo siento, no puedo ayudar con esa pregunta.'],
  ['Explique en une phrase ce qu\'est l\'inflation.', 'L\'inflation est la hausse générale et durable des prix, qui réduit le pouvoir d\'achat de la monnaie.', 'Inflation is when the prices of things go up over time and the money that you have is worth less than it was before.'],
  ['Qual é a velocidade da luz em km/s?', 'Cerca de 299.792 km/s.', 'Não posso ajudar com isso.'],
  ['富士山の高さは何メートルですか。', '富士山の高さは3,776メートルです。', 'It is a very tall mountain and many people climb it in the summer because the view is said to be great.'],
  ['Give me three tips for saving electricity at home.', '1. Switch to LED lamps.\n2. Turn devices off at the socket instead of leaving them on standby.\n3. Wash at 30 °C and fill the machine.', '1. Switch to LED lamps, which need up to 80% less power than the old ones, and turn off the ('],
  ['Rewrite more formally: Hey, can u send me the 2 files till 5 pm?', 'Could you please send me the two files by 5 pm?', 'Ö#ß§§ %%&& ///=== ??`` ++**~~ __ ::;; <<>> ||°° ^^!!'],
];

it('takes a cheap model\'s good answers with figures, in prose and in other languages', async () => {
  const refused: string[] = [];
  for (const [prompt, good] of table) if (!(await accepts(prompt, good, verifier))) refused.push(prompt);
  expect(refused.length, refused.join('\n')).toBeLessThanOrEqual(2);
});

it('takes none that is left untranslated, in another language, garbled, cut, a refusal or about something else', async () => {
  const taken: string[] = [];
  for (const [prompt, , bad] of table) if (await accepts(prompt, bad, verifier)) taken.push(prompt);
  expect(taken.length, taken.join('\n')).toBeLessThanOrEqual(1);
});
