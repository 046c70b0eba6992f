/** Whether an answer was good: a truth value, or a score from 0 to 1 that counts as good from {@link goodFrom} on. */
export type Label = boolean | number;

/** Score from which an answer counts as good where a metric needs two classes. */
export const goodFrom = 0.5;

/** Whether a label counts as good. */
export function isGood(label: Label): boolean {
  return typeof label === 'number' ? label >= goodFrom : label;
}

/** A label as a number from 0 to 1. */
export function toScore(label: Label): number {
  return typeof label === 'number' ? label : label ? 1 : 0;
}
