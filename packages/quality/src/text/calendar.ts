import { numbersOf } from './numbers.ts';

/** How the months begin, January first, in the languages that dates are most often asked about in. */
const months = ['jan|ene|gen', 'f[eé]b|fév', 'mar|mär|maart', 'a[pv]r|abr', 'ma[iy]|mei|mag', 'ju[nñ]|juin|giu', 'jul|juil|lug', 'aug|ao[uû]t|ago', 'sep|set', 'o[ck]t|ott', 'nov', 'de[cz]|déc|dic'];
const monthName = `(?:${months.join('|')})\\p{L}*\\.?`;
const date = new RegExp(`(?<![\\p{L}\\d])(?:(\\d{1,2})(?:st|nd|rd|th|er|º|\\.)?(?: of| de)? (${monthName})|(${monthName}) (\\d{1,2})(?:st|nd|rd|th)?)(?![\\d])(?:,? (?:de )?(\\d{4}))?`, 'giu');
const asksDays = /\bhow many (?:days|nights)\b|wie ?viele (?:tage|nächte)|combien de (?:jours|nuits)|cuántos (?:días|noches)|quanti giorni|quantos dias|hoeveel dagen/iu;
/** Counts some days only, or something beside them. */
const countsElse = /working|business|week ?days?|weekend|arbeitstag|ouvr|hábil|lavorativ|\bper\b|each|rain|left/iu;

/** Characters of a question that asks for nothing else. */
const longest = 200;

const dayLength = 86_400_000;

/** The number of days between the two dates that a question names, as they may be counted; none where it asks for something else. */
function daysBetween(question: string): readonly number[] {
  if (question.length > longest || !asksDays.test(question) || countsElse.test(question)) return [];
  const dates = Array.from(question.matchAll(date), ([, day, month = '', otherMonth = '', otherDay, year]) => ({ day: Number(day ?? otherDay), month: monthOf(month || otherMonth), year }));
  const [from, to] = dates;
  if (!from || !to || dates.length > 2) return [];
  const counts: number[] = [];
  // Without a year it may be a leap year.
  for (const year of from.year === undefined && to.year === undefined ? [2023, 2024] : [Number(from.year ?? to.year)]) {
    const start = Date.UTC(year, from.month, from.day);
    const sameYear = Date.UTC(Number(to.year ?? year), to.month, to.day);
    const end = sameYear < start && to.year === undefined ? Date.UTC(year + 1, to.month, to.day) : sameYear;
    const days = Math.round((end - start) / dayLength);
    counts.push(days - 1, days, days + 1);
  }
  return counts;
}

function monthOf(name: string): number {
  return months.findIndex((begins) => new RegExp(`^(?:${begins})`, 'iu').test(name));
}

/** Whether a draft has another number of days than lie between the two dates of a question; `undefined` where it asks for none, or no number is given. */
export function missesDays(question: string, draft: string): boolean | undefined {
  const counts = daysBetween(question);
  const given = counts.length === 0 ? [] : numbersOf(draft);
  return given.length === 0 ? undefined : !given.some(({ value }) => counts.includes(value));
}
