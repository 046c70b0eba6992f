import { isIban, isLuhn } from './checksums.ts';

/** Kinds of private things that are looked for. */
export type PrivateKind = 'email' | 'phone' | 'iban' | 'card' | 'secret';

/** Every kind, in the order in which they are looked for. */
export const privateKinds: readonly PrivateKind[] = ['secret', 'email', 'iban', 'card', 'phone'];

/** Something private in a text: characters from `start` up to `end`. */
export interface PrivateFinding {
  readonly kind: PrivateKind;
  readonly start: number;
  readonly end: number;
}

/** A shape to look for, and what has to hold besides. All shapes have bounded repetitions, so that they take linear time. */
interface Detector {
  readonly kind: PrivateKind;
  readonly shape: RegExp;
  readonly holds?: (found: string) => boolean;
}

const detectors: readonly Detector[] = [
  // Prefixes as their vendors document them: OpenAI, Anthropic, Groq, Hugging Face, GitHub, Slack, AWS, Google, Stripe, GitLab, npm.
  { kind: 'secret', shape: /\b(?:sk|gsk|hf|xai|pk|rk)[-_][A-Za-z0-9_-]{16,200}/g },
  { kind: 'secret', shape: /\b(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{22,255}|glpat-[A-Za-z0-9_-]{20,64}|npm_[A-Za-z0-9]{36})/g },
  { kind: 'secret', shape: /\bxox[abeprs]-[A-Za-z0-9-]{10,200}/g },
  { kind: 'secret', shape: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g },
  { kind: 'secret', shape: /\bAIza[A-Za-z0-9_-]{35}/g },
  { kind: 'secret', shape: /\beyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{8,1000}/g },
  { kind: 'secret', shape: /-----BEGIN [A-Z ]{0,30}PRIVATE KEY-----[A-Za-z0-9+/=\s\\]{0,8000}(?:-----END [A-Z ]{0,30}PRIVATE KEY-----)?/g },
  { kind: 'email', shape: /(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]{1,64}@(?:[A-Za-z0-9-]{1,63}\.){1,8}[A-Za-z]{2,24}\b/g },
  { kind: 'iban', shape: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g, holds: isIban },
  { kind: 'card', shape: /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]\d)/g, holds: isLuhn },
  // With the country's code, or in the North American form: shorter runs of digits mean too many other things.
  { kind: 'phone', shape: /(?<![\w+])\+\d(?:[ .()-]{0,2}\d){7,14}(?!\d)/g },
  { kind: 'phone', shape: /(?<![\w+.-])(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\w-])/g },
];

/** Longest text that is looked through at one go; longer ones are looked through in overlapping pieces. */
const pieceLength = 100_000;
const overlap = 10_000;

/** What is private in a text, in order and without overlaps. Finds what has a form of its own; names and addresses have none. */
export function findPrivate(text: string, kinds: readonly PrivateKind[] = privateKinds): readonly PrivateFinding[] {
  const found: PrivateFinding[] = [];
  for (let from = 0; from === 0 || from + overlap < text.length; from += pieceLength - overlap) {
    const piece = text.length <= pieceLength ? text : text.slice(from, from + pieceLength);
    for (const { kind, shape, holds } of detectors) {
      if (!kinds.includes(kind)) continue;
      for (const match of piece.matchAll(shape)) {
        if (holds && !holds(match[0])) continue;
        const start = from + match.index;
        const end = start + match[0].length;
        if (!found.some((other) => start < other.end && other.start < end)) found.push({ kind, start, end });
      }
    }
  }
  return found.sort((a, b) => a.start - b.start);
}

/** A text with everything private replaced by its kind, `[email]`. */
export function redactPrivate(text: string, kinds: readonly PrivateKind[] = privateKinds): string {
  let clean = '';
  let at = 0;
  for (const { kind, start, end } of findPrivate(text, kinds)) {
    clean += `${text.slice(at, start)}[${kind}]`;
    at = end;
  }
  return clean + text.slice(at);
}
