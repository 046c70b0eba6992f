import type { ModelRequest } from '@cascadeflow/contract';
import { expect, it } from 'vitest';
import parallel from '../../fixtures/parallel-prompts.json' with { type: 'json' };
import { assessComplexity, complexityLevels } from './assess-complexity.ts';

const { languages, prompts } = parallel as { languages: string[]; prompts: string[][] };
const ask = (text: string): ModelRequest => ({ messages: [{ role: 'user', content: text }] });
const rank = (text: string) => complexityLevels.findIndex((level) => level.label === assessComplexity(ask(text)).label);

it('calls a greeting trivial and a proof over surfaces expert', () => {
  expect(assessComplexity(ask('hi')).label).toBe('trivial');
  expect(['simple', 'trivial']).toContain(assessComplexity(ask('What is the capital of Peru?')).label);
  const hard = 'Let $X$ be a smooth projective surface over $\\mathbb{C}$ with $K_X$ nef and $K_X^2 = 0$. Show that some multiple $|mK_X|$ is base point free, classify the fibres, and compute $\\chi(\\mathcal{O}_X)$ in terms of $e(X)$.';
  expect(rank(hard)).toBeGreaterThanOrEqual(3);
});

it('does not know what a turn without letters or figures asks', () => {
  expect(assessComplexity(ask('???'))).toEqual({ label: 'unknown', confidence: 0 });
});

it('never reads the system prompt', () => {
  const system = { role: 'system', content: 'You are the assistant of a large insurer. Follow every rule. '.repeat(27) } as const;
  for (const [text] of prompts) {
    const bare = ask(text ?? '');
    expect(assessComplexity({ messages: [system, ...bare.messages] })).toEqual(assessComplexity(bare));
  }
});

it('gives translations the level of the English text, nine in ten within one and three in four exactly', () => {
  let exact = 0;
  let near = 0;
  let pairs = 0;
  for (const [english, ...others] of prompts) {
    for (const other of others) {
      const distance = Math.abs(rank(other) - rank(english ?? ''));
      pairs++;
      if (distance === 0) exact++;
      if (distance <= 1) near++;
    }
  }
  expect(pairs).toBe(60 * (languages.length - 1));
  expect(exact / pairs).toBeGreaterThanOrEqual(0.75);
  expect(near / pairs).toBeGreaterThanOrEqual(0.9);
});

it('gives probabilities that fit the label', () => {
  const { label, confidence, top } = assessComplexity(ask('Write a Python function that returns the median of a list.'));
  expect(top?.[0]).toEqual({ label, probability: confidence });
  expect(confidence).toBeGreaterThan(0);
  expect(confidence).toBeLessThanOrEqual(1);
});
