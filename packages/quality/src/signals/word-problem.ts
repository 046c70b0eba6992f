import { hasFigure } from './asked-form.ts';
import type { DraftView } from '../text/draft-view.ts';
import { withDecimalPoints, withoutEmphasis } from '../text/equations.ts';
import { shareOf } from '../text/language.ts';
import { numbersOf, sameNumber, spelledNumber } from '../text/numbers.ts';

/** Characters of a question that is looked at, and words of a reply. */
const longestQuestion = 300;
const longestReply = 60;

const asksAmount = /how (?:many|much|far|old|long|tall)|wie ?(?:viele?|weit|alt|lange)|combien|cuánt|quant[ieoa]|hoeveel|\bile\b|hur många|сколько|скільки|多少|几个|いくつ|いくら|何[個人本枚円]|몇|얼마|كم|kaç|\b(?:what|find) .{0,30}\b(?:total|cost|price|left|distance|speed|sum)/iu;
/** What takes more than sums of the numbers that are given. */
const takesMore =
  /excel|[a-z]\d+:[a-z]\d|working day|business day|split|shared? (?:it|them|equally)|weekday|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b|%|percent|prozent|pour ?cent|por ?ciento|average|mean\b|area|volume|perimeter|circumference|circle|triangle|rectangle|square|cube|cylinder|diagonal|probab|\bways\b|combination|permut|interest|compound|prime|divisor|factor|digit|remainder|even\b|odd\b|between|sequence|next|series|half|halv|hälfte|quarter|third|fifth|moitié|mitad|metà|metade|tercio|cuart[oa]|terzo|quart[oi]\b|tiers|viertel|drittel|terço|derde|kwart|polov|połow|трет|четверт|половин|вдвое|втрое|doble|doppi|dobro|demi|ratio|celsius|fahrenheit|°|convert|kelvin|\bin (?:the )?\d{4}\b|century|year(?! old)|dozen|twice|doppelt|double|triple|each other|consecutive|handshake|\bleap\b|round|square|root|power|log|sin\b|cos\b|x\b|equation|fact|history|born|population|calor|atom|mole|energy|joule|volt|watt|\\|\^|\$?\d+k\b|\d+[-/]\d+|tax|tip\b/iu;
/** Units of time and of other measures, whose turning into one another brings in numbers of its own. */
const units = [[/\bseconds?|sekund|секунд|秒|초/iu, /minut|мин|分钟|分間|분/iu, /hours?|stunde|heure|hora|\bor[ae]\b|uur|godzin|час|小时|時間|시간/iu, /\bdays?|tage?\b|jour|día|giorn|dias?\b|dag|dzień|дн|天|日間|일 /iu, /weeks?|woche|semaine|semana|settiman|week|tydzie|недел|周|週|주/iu, /months?|monat|mois|mes(?:es)?\b|mesi|maand|miesi|месяц|个月|ヶ月|개월/iu], [/\bfeet|foot|inch|yard|mile|ounce|pound|gallon|cup/iu, /\bcents?\b|\bpence|centimes?|céntimos/iu, /\bcm\b|centi|millil|\bml\b|\bmm\b/iu, /\bkm\b|kilom|\bkg\b|kilog|lit(?:er|re|ro)s?\b/iu]];

/** Everything that two of the numbers come to, with the others beside it, down to one; each number is used at most once. */
function reach(numbers: readonly number[], found: number[]): void {
  for (const number of numbers) found.push(number);
  for (let i = 0; i < numbers.length; i++) {
    for (let k = i + 1; k < numbers.length; k++) {
      const [a, b] = [numbers[i] as number, numbers[k] as number];
      const rest = numbers.filter((_, at) => at !== i && at !== k);
      for (const value of [a + b, Math.abs(a - b), a * b, a / b, b / a]) if (Number.isFinite(value)) reach([value, ...rest], found);
    }
  }
}

/** True when a stated number is a value that can be reached, rounded, or in hundreds, thousands or sixties of its unit. */
function isReached(stated: number, values: readonly number[]): boolean {
  return values.some((value) => sameNumber(value, stated) || Math.abs(value - stated) < 0.51 * (Math.abs(value) < 1 ? 0.01 : Number.isInteger(stated) ? (Number.isInteger(value) ? 0 : 2) : 0.1) || [100, 1000, 60].some((factor) => sameNumber(value * factor, stated) || sameNumber(value, stated * factor)));
}

const percentage = /(\d+(?:\.\d+)?)\s?(?:%|percent|prozent|pour ?cent|por ?ciento)/iu;
/** Percentages that are taken several times, of parts, or of something else than an amount. */
const takesMoreThanOnce = /compound|every|each|per (?!cent)|years?\b|months?\b|jahr|год|лет|monat|\bans?\b|años?\b|anni\b|split|people|persons?|probab|chance|of the|more than|less than|than\b|grade|score|votes?|battery|alcohol|\bfat\b|interest|zins/iu;

/**
 * Whether the last number of a short draft is none that one percentage of one amount can come to: the share, what is left, the sum, or what it was
 * before; `undefined` where the question gives anything else.
 */
export function missesPercentage({ text, wordCount, request }: DraftView): boolean | undefined {
  const { question } = request;
  if (question.length > longestQuestion || wordCount > longestReply || !question.includes('%') || request.asksText || request.asksCode || request.options.length > 0 || takesMoreThanOnce.test(question)) return undefined;
  const plain = withDecimalPoints(question);
  const share = Number(percentage.exec(plain)?.[1]) / 100;
  const numbers = numbersOf(plain).map(({ value }) => Math.abs(value));
  const amount = numbers.find((value) => value !== share * 100);
  if (!(share > 0) || numbers.length !== 2 || amount === undefined || request.words.some((word) => (spelledNumber(word) ?? 0) > 1)) return undefined;
  const given = numbersOf(withDecimalPoints(withoutEmphasis(text)).replace(/\d+(?:\.\d+)?\s?%/g, ' ')).map(({ value }) => Math.abs(value));
  const stated = given.at(-1);
  if (stated === undefined || stated === amount) return undefined;
  return !isReached(stated, [amount * share, amount * (1 - share), amount * (1 + share), amount / (1 + share), amount - amount / (1 + share), amount / (1 - share), amount / share]);
}

/**
 * Whether no number of a short draft can come of the two or three numbers that a word problem gives, by adding, taking away, multiplying and dividing;
 * `undefined` where the question may need more than that.
 */
export function missesStory({ text, wordCount, request }: DraftView): boolean | undefined {
  const { question } = request;
  if (question.length > longestQuestion || wordCount > longestReply || request.numbers.length < 2 || request.asksText || request.asksCode || request.options.length > 0) return undefined;
  const numbers = [...numbersOf(withDecimalPoints(question)).map(({ value }) => value), ...request.words.map(spelledNumber).filter((value) => value !== undefined && value > 1)] as number[];
  if (numbers.length < 2 || numbers.length > 3 || !asksAmount.test(question) || takesMore.test(question) || units.some((kind) => kind.filter((unit) => unit.test(question)).length > 1)) return undefined;
  if (shareOf(request.words, 'en') < 0.2 && hasFigure(question.replace(/\d+/g, ''))) return undefined;
  const given = numbersOf(withDecimalPoints(withoutEmphasis(text))).map(({ value }) => Math.abs(value)).filter((value) => !numbers.includes(value));
  if (given.length === 0) return undefined;
  const values: number[] = [];
  reach(numbers, values);
  return !given.some((value) => isReached(value, values));
}
