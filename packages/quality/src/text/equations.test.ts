import { expect, test } from 'vitest';
import { checkEquations, evaluate } from './equations.ts';

test('arithmetic in the text is computed again', () => {
  const text = '6 * $8 = $48. 8 months * $12/month = $96. 3 * 4 = 11. 20% * 50 = 10, 100 / 3 = 33.33. 24 - 14 = 10 months.';
  expect(checkEquations(text).map((equation) => equation.right)).toEqual([true, true, false, true, true, true]);
});

test('chains are read from the last result, and fractions of LaTeX count', () => {
  expect(checkEquations('2 + 3 = 5 + 1 = 6')).toMatchObject([{ computed: 6, stated: 6, right: true, plain: true }]);
  expect(checkEquations('\\frac{1}{2} \\times 10 = 5').map((equation) => equation.right)).toEqual([true]);
});

test('equations with variables are not arithmetic', () => {
  expect(checkEquations('2C + 4W = 70 and x = 5 and a - 7b + 8c = 4')).toEqual([]);
});

test('rounded and percent results count as right', () => {
  expect(checkEquations('2 / 3 = 0.67, 50/100 = 50%, 7 / 2 = 3.5').every((equation) => equation.right)).toBe(true);
  expect(checkEquations('2 + 2 = 5')[0]?.right).toBe(false);
});

test('anything but arithmetic has no value', () => {
  expect(evaluate('3 * (4 + 2) / 5%')).toBe(360);
  expect(evaluate('3 *')).toBeUndefined();
  expect(evaluate('1 / 0')).toBeUndefined();
  expect(evaluate('(1')).toBeUndefined();
});

test('a decimal comma is one, whatever was read before', () => {
  checkEquations(`${'It takes a while. '.repeat(10)}2,5 × 8 = 20, and 1.5 × 2 = 3`);
  expect(checkEquations('250 ÷ 100 = 2,5. So 2,5 × 8 = 20 litres.').map((equation) => equation.right)).toEqual([true, true]);
});
