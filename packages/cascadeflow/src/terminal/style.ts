import { styleText } from 'node:util';
import type { Output } from '../command-line/io.ts';

/** Colours that say something: good, doubtful, bad, less important, important. */
export type Tone = 'good' | 'doubt' | 'bad' | 'quiet' | 'strong';

const formats = { good: 'green', doubt: 'yellow', bad: 'red', quiet: 'dim', strong: 'bold' } as const;

/** Colours a text where the output may be coloured. */
export function paint(output: Output, tone: Tone, text: string): string {
  return output.colours ? styleText(formats[tone], text, { validateStream: false }) : text;
}
