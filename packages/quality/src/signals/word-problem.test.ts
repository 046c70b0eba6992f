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
