export type { TogetherOptions } from './together.ts';
export { together } from './together.ts';
