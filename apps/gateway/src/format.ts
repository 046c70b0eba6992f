/** What stands where a number is not known: never 0. */
export const unknown = 'unknown';

const whole = new Intl.NumberFormat('en-US');
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });
const minute = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const day = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric' });
const dayAndMinute = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const dayAndClock = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** A whole number with separators. */
export function toCount(value: number): string {
  return whole.format(value);
}

/** "1 run", "2 runs". */
export function toMany(value: number, one: string, many = `${one}s`): string {
  return `${toCount(value)} ${value === 1 ? one : many}`;
}

/** USD: cents for amounts a person pays, two digits that count for those a call costs. */
export function toMoney(value: number | undefined): string {
  if (value === undefined) return unknown;
  const size = Math.abs(value);
  const sign = value < 0 ? '-' : '';
  if (size === 0) return '$0';
  if (size >= 1) return `${sign}$${size.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`;
  return `${sign}$${size.toLocaleString('en-US', { maximumSignificantDigits: 2, maximumFractionDigits: 20 })}`;
}

/** A sum of money that some of what it is of is missing from; unknown when all of it is, and a dash of nothing. */
export function toSum(value: number, missing: number, of: number): string {
  if (of === 0) return '–';
  if (missing === 0) return toMoney(value);
  return missing >= of ? unknown : `${toMoney(value)} + ${toCount(missing)} unknown`;
}

/** A share as a percentage; a dash of nothing. */
export function toPercent(part: number, of: number): string {
  return of === 0 ? '–' : `${((100 * part) / of).toFixed(part === of || part === 0 ? 0 : 1)}%`;
}

/** A time that something took. */
export function toDuration(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 10) return `${ms.toFixed(1)} ms`;
  if (ms < 1000) return `${Math.round(ms)} ms`;
  return ms < 60_000 ? `${(ms / 1000).toFixed(ms < 10_000 ? 2 : 1)} s` : `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1000)} s`;
}

/** When something was: the time, and the day where it was not today. */
export function toTime(at: number): string {
  return new Date(at).toDateString() === new Date().toDateString() ? clock.format(at) : dayAndClock.format(at);
}

/** The beginning of a stretch of time, to the minute. */
export function toStart(at: number): string {
  return dayAndMinute.format(at);
}

/** A place on an axis of time: the time, or the day where the steps are days. */
export function toTick(at: number, stepMs: number): string {
  const isMidnight = new Date(at).getHours() === 0 && new Date(at).getMinutes() === 0;
  return stepMs >= 20 * 3_600_000 || isMidnight ? day.format(at) : minute.format(at);
}

/** A point of a summary's line, in words. */
export function toStretch(at: number, stepMs: number): string {
  return stepMs >= 24 * 3_600_000 ? day.format(at) : `${day.format(at)}, ${minute.format(at)} to ${minute.format(at + stepMs)}`;
}
