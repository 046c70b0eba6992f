import type { Finding } from './finding.ts';

/** The oldest Node that every package runs on; `engines` of core says the same. */
const oldest = 22;

/** Whether this Node is new enough. */
export function checkNode(version: string): Finding {
  const major = Number(/^v?(\d+)/.exec(version)?.[1]);
  if (major >= oldest) return { about: 'node', level: 'ok', says: `Node ${version}` };
  return { about: 'node', level: 'fail', says: `Node ${version} is too old`, fix: `install Node ${oldest} or later` };
}
