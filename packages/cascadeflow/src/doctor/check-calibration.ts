import type { Calibration } from '@cascadeflow/contract';
import type { Finding } from './finding.ts';
import type { Subject } from './subject.ts';

/** Days after which traffic, prices and models have usually moved on. Chosen by hand. */
export const freshDays = 90;
const dayMs = 86_400_000;

/** Whether a calibration is young enough and about these models. `now` in milliseconds since 1970. */
export function checkCalibration(calibration: Calibration, subjects: readonly Subject[], now: number): Finding[] {
  const { createdAt, data } = calibration;
  const days = Math.floor((now - Date.parse(data.to ?? createdAt)) / dayMs);
  const age: Finding =
    days <= freshDays
      ? { about: 'calibration', level: 'ok', says: `fitted on ${data.rows} rows, the latest ${days} days old` }
      : { about: 'calibration', level: 'warn', says: `its latest rows are ${days} days old`, fix: 'record again and run `cascadeflow fit`' };
  const unknown = subjects.filter(({ name }) => !data.models.includes(name));
  return [
    age,
    ...unknown.map(({ name }): Finding => ({ about: 'calibration', level: 'warn', says: `${name} is not among the models it was fitted on (${data.models.join(', ')})`, fix: 'record this model too and run `cascadeflow fit`' })),
  ];
}
