import { numbersOf } from './numbers.ts';
import { withDecimalPoints, withoutEmphasis } from './equations.ts';

/** A unit: what it is called, and how many of its kind's smallest one it is; several where it differs from country to country. */
interface Unit {
  readonly name: RegExp;
  readonly sizes: readonly number[];
}

const unit = (name: string, ...sizes: number[]): Unit => ({ name: new RegExp(`(?<![\\p{L}\\d])(?:${name})(?![\\p{L}\\d²³])`, 'iu'), sizes });

/** Units of one kind turn into each other. */
const kinds: readonly (readonly Unit[])[] = [
  [
    unit('millimet(?:er|re)s?|mm', 1), unit('cent[ií]m[eèé]t(?:er|re|ro)s?|zentimetern?|cm', 10), unit('met(?:er|re)s?|metern|mètres?|metros?|metri|m', 1000), unit('kilom[eèé]t(?:er|re|ro)s?|kilometern|chilometri|km', 1e6),
    unit('inch(?:es)?|zoll|pouces?|pulgadas?|pollici', 25.4), unit('foot|feet|ft|pieds?|pies', 304.8), unit('yards?', 914.4), unit('miles?|meilen?|milles?|millas?|miglia', 1_609_344),
  ],
  [
    unit('grams?|grammes?|gramm|gramos?|grammi|g', 1), unit('kilos?|kilograms?|kilogrammes?|kilogramm|kilogramos?|kg', 1000), unit('ounces?|oz|unzen?', 28.3495), unit('pounds?|lbs?|pfund|libras?|libbre', 453.592), unit('stones?', 6350.29), unit('tonn?es?|tonnen', 1e6),
  ],
  [
    unit('millilit(?:er|re)s?|millilitros?|ml', 1), unit('centilit(?:er|re)s?|cl', 10), unit('lit(?:er|re)s?|litern|litros?|litri|l', 1000), unit('gallons?', 3785.41, 4546.09), unit('pints?', 473.176, 568.261), unit('quarts?', 946.353), unit('cups?', 236.588, 240, 250), unit('tablespoons?|tbsp', 14.787, 15), unit('teaspoons?|tsp', 4.929, 5), unit('fluid ounces?|fl\\.? ?oz', 29.574, 28.413),
  ],
  [unit('seconds?|sekunden?|secondes?|segundos?|secondi', 1), unit('minutes?|minuten?|minutos?|minuti', 60), unit('hours?|stunden?|heures?|horas?|ore', 3600), unit('days?|tagen?|jours?|días?|dias?|giorni', 86_400), unit('weeks?|wochen?|semaines?|semanas?|settimane', 604_800)],
  [unit('km ?/ ?h|kph|kmh|kilomet(?:er|re)s? per hour', 1), unit('mph|miles per hour', 1.609344), unit('m ?/ ?s|met(?:er|re)s? per second', 3.6), unit('knots?|knoten', 1.852)],
];
const celsius = /°\s?c\b|\bcelsius\b|\bdegrees? c\b/i;
const fahrenheit = /°\s?f\b|\bfahrenheit\b|\bdegrees? f\b/i;

/** Characters of a question that asks for nothing else. */
const longest = 80;
const asks = /\bconvert|\bhow (?:many|much)\b|\bwhat(?:['’]s| is| are)\b[^?]*\b(?:in|to)\b|^\S+ ?\S{1,12} (?:in|to|en|em) \S+\??$|wie ?viele?|wandle|rechne .* um|combien|convert[ie]|cuánt|quant[ieao]/iu;
/** Speaks of something that happens, and not of the measure alone. */
const happens = /\bshould|\bneed|\btakes?\b|\bcosts?\b|\bif\b|\bwhen\b|\bwalk|\bdriv|\brun|\b(?:a|an|per|pro|par|al) (?:day|week|minute|second|hour|tag|woche|jour|semaine|día|semana)\b|\beach\b|\bweigh|\btall\b|\bleft\b|\bdose|\bgrow|\bsleep|\bdrink|\beat\b|brauch|kostet|dauert/iu;
/** How far a rounded result may be off. */
const tolerance = { share: 0.03, rounding: 0.6 };

/** The values that a measure has in the other unit which the question names; none where it asks for something else. */
function conversions(question: string): readonly number[] {
  if (question.length > longest || !asks.test(question) || happens.test(question)) return [];
  const text = withDecimalPoints(question);
  const [number, more] = numbersOf(text);
  if (!number || more) return [];
  const behind = text.slice(number.end, number.end + 24);
  const elsewhere = text.slice(0, number.start) + ' ' + text.slice(number.end).replace(/^[^\p{L}°]*[°\p{L}/.]+(?: [cf]\b)?/iu, ' ');
  if (startsWith(fahrenheit, behind) && celsius.test(elsewhere)) return [((number.value - 32) * 5) / 9];
  if (startsWith(celsius, behind) && fahrenheit.test(elsewhere)) return [(number.value * 9) / 5 + 32];
  for (const units of kinds) {
    const from = units.filter(({ name }) => startsWith(name, behind));
    const to = units.filter((candidate) => !from.includes(candidate) && candidate.name.test(elsewhere));
    const [source, target] = [from[0], to[0]];
    if (source && target && to.length === 1) return source.sizes.flatMap((size) => target.sizes.map((other) => (number.value * size) / other));
  }
  return [];
}

function startsWith(name: RegExp, text: string): boolean {
  const match = name.exec(text);
  return match !== null && /^[\s-]*$/.test(text.slice(0, match.index));
}

/** Whether a draft has another result than the conversion that a question asks for; `undefined` where it asks for none, or no number is given. */
export function missesConversion(question: string, draft: string): boolean | undefined {
  const values = conversions(question);
  if (values.length === 0) return undefined;
  const given = numbersOf(withDecimalPoints(withoutEmphasis(draft)));
  if (given.length === 0) return undefined;
  return !values.some((value) => given.some(({ value: stated }) => isNear(stated, value) || (Math.floor(value) === stated && stated > 0)));
}

function isNear(stated: number, value: number): boolean {
  return Math.abs(stated - value) <= Math.max(tolerance.share * Math.abs(value), Math.abs(value) >= 10 ? tolerance.rounding : 0);
}
