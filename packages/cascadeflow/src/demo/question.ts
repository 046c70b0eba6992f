import type { Complexity, Domain, Message, ResponseFormat, ToolDefinition } from '@cascadeflow/contract';
import type { StubReply } from '@cascadeflow/testing';

/** What a written draft is worth. All but `good` ought to be stopped. */
export type DraftKind = 'good' | 'wrong' | 'refused' | 'truncated' | 'off-topic' | 'wrong-form' | 'wrong-language' | 'failed';

/** A question of the demo with the answers that the simulated models give. */
export interface DemoQuestion {
  /** Our own label; the engine does not see it. */
  readonly domain: Domain;
  /** Our own label; the engine does not see it. */
  readonly level: Complexity;
  readonly ask: string | readonly Message[];
  readonly responseFormat?: ResponseFormat;
  readonly tools?: readonly ToolDefinition[];
  readonly kind: DraftKind;
  /** What the first small model says. */
  readonly draft: string | StubReply;
  /** What a second small model says, and whether that is right. Default: what the large one says. */
  readonly other?: { readonly said: string; readonly right: boolean };
  /** What the simulated large model says. */
  readonly verifier: string | StubReply;
  /** Recognises a right answer of a real model, where that can be told from its text. */
  readonly right?: RegExp;
}

/** The words of a question: those of its last message. */
export function questionText(question: DemoQuestion): string {
  if (typeof question.ask === 'string') return question.ask;
  const content = question.ask.at(-1)?.content ?? '';
  return typeof content === 'string' ? content : content.map((part) => (part.type === 'text' ? part.text : '')).join('');
}
