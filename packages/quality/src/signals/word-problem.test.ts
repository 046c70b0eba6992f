import { expect, test } from 'vitest';
import { read } from './signal-doubles.ts';

test.each([
  ['I have 3 apples and buy 5 more. How many do I have?', 'You have 9 apples.', 1],
  ['I have 3 apples and buy 5 more. How many do I have?', 'You have 8 apples.', 0],
  ['A train travels 60 km in one hour. How far does it go in 3 hours?', 'It goes 200 km.', 1],
  ['A train travels 60 km in one hour. How far does it go in 3 hours?', 'It goes 180 km.', 0],
  ['130 people ride in buses for 40. How many buses do they need?', 'They need 4 buses.', 0],
  ['Three coffees cost 2,50 euros each. How much is that?', '7,50 euros', 0],
  ['Anna hat drei Äpfel, kauft 5 und isst 2. Wie viele hat sie?', 'Sie hat 6 Äpfel.', undefined],
  ['A triangle has sides of 3 and 4. How long is the third?', 'It is 5 long.', undefined],
  ['How many seconds are 2 hours and 5 minutes?', '7,500 seconds', undefined],
  ['My flight leaves at 14:20 and lasts 7 h 55 min. Ignoring time zones, when does it land?', 'It lands at 22:25.', 1],
  ['Uma sala tem 6,5 m por 4 m. Qual é a área?', '6,5 × 4 = 28 m²', 1],
  ['Uma sala tem 6,5 m por 4 m. Qual é a área?', '6,5 × 4 = 26 m²', undefined],
  ['The film starts at 7:45 pm and lasts 2 hours and 20 minutes. When does it end?', 'It ends at 9:15 pm.', 1],
  ['The film starts at 7:45 pm and lasts 2 hours and 20 minutes. When does it end?', 'It ends at 10:05 pm.', 0],
  ['The train leaves at 14:50 and arrives at 17:15. How long is the trip?', 'The trip takes 3 hours and 35 minutes.', 1],
  ['The train leaves at 14:50 and arrives at 17:15. How long is the trip?', 'Two hours and 25 minutes.', 0],
  ['The train leaves at 14:50 and arrives at 17:15. How long is the trip?', 'It takes 2 h 25 min.', 0],
  ['Der Zug fährt um 8:15 Uhr ab und braucht 50 Minuten. Wann kommt er an?', 'Um 9:05 Uhr.', 0],
  ['Der Zug fährt um 8:15 Uhr ab und braucht 50 Minuten. Wann kommt er an?', 'Um 9:25 Uhr.', 1],
  ['My flight is at 14:20, I need 45 minutes to get there and want to be there 2 hours before. When do I leave?', 'Leave at 13:05.', 1],
  ['My flight is at 14:20, I need 45 minutes to get there and want to be there 2 hours before. When do I leave?', 'Leave at 11:35.', 0],
])('asked %j and given %j, the sum is missed: %j', (prompt, content, expected) => {
  expect(read('sum-miss', prompt, content)).toBe(expected);
});

test.each([
  ['A train goes 240 km in 3 hours. How fast is it?', 'Speed = 240 km ÷ 3 h = **720 km/h**', 1],
  ['A train goes 80 km/h. How far does it go in 3 hours?', '80 km/h × 3 h = 320 km', 1],
  ['How far does it go?', '80 km/h × 3 h = **240 km**', undefined],
])('steps are computed with units and in bold: asked %j and given %j', (prompt, content, expected) => {
  expect(read('sum-miss', prompt, content)).toBe(expected);
});

test('results in bold are computed again', () => {
  expect(read('arithmetic-slip', 'What is the average of 4, 8, 10 and 18?', '(4 + 8 + 10 + 18) ÷ 4 = 40 ÷ 4 = **22.5**')).toBe(1);
  expect(read('arithmetic-slip', 'What is 2 to the third?', '2**3 = 8')).not.toBe(1);
});

test.each([
  ["What's 72 °F in Celsius?", 'Subtract 32, then multiply by 5/9: about 26 °C.', 1],
  ["What's 72 °F in Celsius?", 'About 22 °C.', 0],
  ['Convert 5 km to miles.', '5 km is about 3.1 miles.', 0],
  ['How many feet are in 3.5 meters?', 'About 14 feet.', 1],
  ['Wie viele Kilometer sind 10 Meilen?', '16,09 km', 0],
  ['How many ml is 2 cups?', '500 ml', 0],
  ['I want to learn Spanish in 20 minutes a day. How?', 'Spend 5 minutes on words and 15 on listening.', undefined],
  ['How far can I walk in 20 minutes?', 'About 2 km.', undefined],
])('measures are turned into each other: asked %j and given %j', (prompt, content, expected) => {
  expect(read('sum-miss', prompt, content)).toBe(expected);
});

test.each([
  ['How many days from 12 March to 5 June?', '85 days: 19 left in March, 30 in April, 31 in May and 5 in June.', 0],
  ['How many days between March 3 and April 10, 2024?', '45 days', 1],
  ['Wie viele Tage sind es vom 10. März bis zum 2. Mai?', '53 Tage', 0],
  ['How many nights are there from 28 December to 2 January?', '5', 0],
  ['How many working days are there from 1 May to 31 May?', '21', undefined],
])('days are counted: asked %j and given %j', (prompt, content, expected) => {
  expect(read('sum-miss', prompt, content)).toBe(expected);
});

test.each([
  ['Eine Jacke kostet 85 Euro und ist um 20 % reduziert. Was zahle ich?', '20 % von 85 € sind 17 €, die Jacke kostet dann noch 78 €.', 1],
  ['Eine Jacke kostet 85 Euro und ist um 20 % reduziert. Was zahle ich?', 'Du zahlst noch 68 €.', undefined],
  ['A bill of $64 with a 15% tip: what is the total?', 'The tip is $9.60, so you pay $73.60.', undefined],
  ['Wie viel Mehrwertsteuer (19 %) steckt in 238 Euro?', '38 Euro', undefined],
  ['I put $2,000 in at 5% a year. How much after three years?', '$2,315.25', undefined],
])('one percentage of one amount is computed: asked %j and given %j', (prompt, content, expected) => {
  expect(read('sum-miss', prompt, content)).toBe(expected);
});

test.each([
  ['- Rent: 950\n- Food: 320\n- Phone: 25\n\n**Total spending:** 1,480', 1],
  ['Income: 1,900\n\n- Rent: 950\n- Food: 320\n- Phone: 25\n\n**Total spending:** 1,295', undefined],
  ['{"toast": 190, "eggs": 156, "total_kcal": 398}', 1],
  ['{"subtotal": 54.30, "vat": 10.86, "total": 65.16}', undefined],
  ['{"price": 20, "quantity": 3, "total": 60}', undefined],
  ['Divide and multiply: 38 ÷ 540 × 100 ≈ 8.1 l.', 1],
  ['Divide and multiply: 38 ÷ 540 × 100 ≈ 7 l.', undefined],
  ['1 кг стоит 270 : 3 = 80 рублей.', 1],
  ['Area = ½ × 14 × 9 = 78 cm².', 1],
  ['Area = ½ × 14 × 9 = 63 cm².', undefined],
])('totals and rounded results are added up: %j', (content, expected) => {
  expect(read('sum-miss', 'Show me what it comes to.', content)).toBe(expected);
});
