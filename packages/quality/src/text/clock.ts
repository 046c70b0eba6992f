/** Minutes of a day, and of half of one: texts leave out which half is meant. */
const halfDay = 720;

const clockTime = /(?<![\d.,:])(?:([01]?\d|2[0-4])(?::|h ?)([0-5]\d)(?![\d:])|([01]?\d|2[0-4])\.([0-5]\d)(?= ?(?:uhr|uur))|([01]?\d|2[0-4])(?= ?(?:uhr|[ap]\.?m\b|o['’]clock)))|\bnoon\b|\bmidnight\b|\bmittag\b/giu;

/** The times of day in a text, in minutes from midnight or noon. */
export function timesOfDay(text: string): number[] {
  return Array.from(text.matchAll(clockTime), ([, hour = '', minute = '', dotHour = '', dotMinute = '', bareHour = '']) => (Number(hour || dotHour || bareHour || 0) * 60 + Number(minute || dotMinute || 0)) % halfDay);
}

const hours = 'hours?|hrs?|h|stunden?|heures?|horas?|or[ae]|uur|uren|godzin\\p{L}*|timm(?:ar|e)|час\\p{L}*|годин\\p{L}*|saat|小时|時間|시간';
const minutes = 'minutes?|mins?|minuten?|minutos?|minut[iy]?|minuter|минут\\p{L}*|хвилин\\p{L}*|dakika|分钟|分|분';
const duration = new RegExp(
  `(?<![\\d:.,])(?:(\\d+(?:[.,]\\d+)?|an?|one|two|three|eine|einer|une|una|een|en)[ -]?(?:${hours})(?![\\p{L}\\d])( and a half)?(?:,? (?:and |und |et |y |e |en |och |i |и )?)?)?(?:(?<![\\d:.,])(\\d+)[ -]?(?:${minutes})(?!\\p{L}))?`,
  'giu',
);
const halfHour = /half an hour|(?:eine )?halbe stunde|une demi-heure|media hora|mezz['’]ora|meia hora|half uur|полчаса/giu;

/** The spans of time that a text names, in minutes. */
export function timeSpans(text: string): number[] {
  const spans: number[] = [];
  for (const [all, hour, half, minute] of text.matchAll(duration)) {
    if (all.trim() === '' || (hour === undefined && minute === undefined)) continue;
    const whole = hour === undefined ? 0 : /\d/.test(hour) ? Number(hour.replace(',', '.')) : (inWords[hour.toLowerCase()] ?? 1);
    spans.push(60 * (whole + (half === undefined ? 0 : 0.5)) + Number(minute ?? 0));
  }
  for (const _ of text.matchAll(halfHour)) spans.push(30);
  return spans;
}

const inWords: { readonly [word: string]: number } = { two: 2, three: 3 };

/** Sums of some of the spans, at most five of them, all added or all taken away. */
function sumsOf(spans: readonly number[]): number[] {
  let sums = [0];
  for (const span of spans.slice(0, 5)) sums = [...sums, ...sums.map((sum) => sum + span)];
  return sums.slice(1);
}

/** True when two times of day are the same but for the half of the day. */
function isSame(a: number, b: number): boolean {
  const apart = (((a - b) % halfDay) + halfDay) % halfDay;
  return apart < 0.5 || apart > halfDay - 0.5;
}

const asksHowLong = /how (?:long|much time|many (?:hours|minutes))|wie (?:lange|viele (?:stunden|minuten))|combien de temps|dure|cuánto (?:dura|tarda|tiempo)|quanto (?:dura|tempo)|hoe ?lang|jak długo|ile trwa|hur lång|сколько (?:длит|времени|минут|часов)|скільки/iu;
const asksWhen = /\bwhen\b|what time|\bwann\b|wie viel uhr|um wie viel uhr|quelle heure|\bquand\b|qué hora|cuándo|che ora|quando|que horas|hoe laat|wanneer|o której|kiedy|hur dags|\bnär\b|во сколько|когда|котрій/iu;
/** Reckons with zones, shifts or days, where a time of day is not all there is. */
const reckonsElse = /(?<!ignor\w{0,4} (?:the )?(?:time )?)zone|time difference|jet lag|zeitverschiebung|every|jede|chaque|cada|ogni|daily|per day|overtime|break|pause/i;

const mayTellTime = /\d ?(?::\d|h|\.\d\d ?u|[ap]\.?m|uhr|uur|o['’])|noon|midnight|mittag/i;

/**
 * Whether a draft misses the time of day, or the span between two, that a question asks to be worked out: true, false, or `undefined` where
 * nothing of the kind is asked or given. Halves of the day are not told apart.
 */
export function missesTime(question: string, draft: string): boolean | undefined {
  if (!mayTellTime.test(question) || reckonsElse.test(question)) return undefined;
  const asked = timesOfDay(question);
  const [from = 0, to = 0] = asked;
  if (asked.length === 2 && asksHowLong.test(question)) {
    const given = timeSpans(draft);
    return given.length === 0 ? undefined : !given.some((span) => isSame(to - from, span));
  }
  if (asked.length !== 1 || !asksWhen.test(question)) return undefined;
  const spans = timeSpans(question);
  const given = timesOfDay(draft).at(-1);
  if (spans.length === 0 || given === undefined) return undefined;
  return !sumsOf(spans).some((sum) => isSame(from + sum, given) || isSame(from - sum, given));
}
