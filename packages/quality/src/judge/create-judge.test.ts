import type { Draft, Embedder, JudgeInput, ModelInfo, ModelRequest, Verdict } from '@cascadeflow/contract';
import { beforeAll, describe, expect, test } from 'vitest';
import { defineSignal } from '../signals/define-signal.ts';
import { allOf, anyOf, weighted } from './combine.ts';
import { createJudge } from './create-judge.ts';

const small: ModelInfo = { name: 'gpt-4o-mini', provider: 'openai', tier: 0, price: { input: 0.15, output: 0.6 }, capabilities: {} };
const large: ModelInfo = { name: 'gpt-4o', provider: 'openai', tier: 1, price: { input: 2.5, output: 10 }, capabilities: {} };
const ask = (content: string, more: Partial<ModelRequest> = {}): ModelRequest => ({ messages: [{ role: 'user', content }], ...more });
const draft = (content: string, more: Partial<Draft> = {}): Draft => ({
  provider: 'openai', model: 'gpt-4o-mini', tier: 0, content, toolCalls: [], finishReason: { unified: 'stop' }, complete: true, ...more,
});
const input = (question: string, answer: Draft | string, more: Partial<JudgeInput> = {}): JudgeInput => ({
  request: ask(question), draft: typeof answer === 'string' ? draft(answer) : answer, model: small, target: 'balanced', escalation: { model: large, cost: 0.01 }, ...more,
});

const judge = createJudge();
const now = (value: JudgeInput): Verdict => judge(value) as Verdict;
const apples = 'Tom has 45 apples and gives away 18. He then buys 6 bags of 5 apples. How many apples does he have now?';
const right = 'He keeps 45 - 18 = 27 apples. The bags hold 6 * 5 = 30 apples. He now has 27 + 30 = 57 apples.';
const wrong = 'He keeps 45 - 18 = 37 apples. The bags hold 6 * 5 = 30 apples. He now has 37 + 30 = 67 apples.';

beforeAll(async () => {
  await judge(input('Hi', 'Hello'));
});

test('the first verdict may be a promise, later ones come at once', () => {
  expect(judge(input(apples, right))).not.toBeInstanceOf(Promise);
});

describe('the verdict', () => {
  test('a right draft is likelier than a wrong one, and both say why', () => {
    const [good, bad] = [now(input(apples, right)), now(input(apples, wrong))];
    expect(good.probability).toBeGreaterThan(bad.probability + 0.2);
    expect(good.accept).toBe(true);
    expect(bad.accept).toBe(false);
    expect(bad.reason).toContain('arithmetic');
    expect(bad.signals.find((signal) => signal.name === 'arithmetic-errors')).toMatchObject({ value: 1, weight: expect.any(Number) });
  });

  test('accepts exactly from its bar on', () => {
    for (const target of ['economy', 'balanced', 'strict', { minProbability: 0.6 }, { errorCost: 1 }] as const) {
      for (const text of [right, wrong, 'I cannot help with that.']) {
        const verdict = now(input(apples, text, { target }));
        expect(verdict.accept).toBe(verdict.probability >= verdict.threshold);
      }
    }
  });

  test('stricter levels have higher bars', () => {
    const bars = (['economy', 'balanced', 'strict'] as const).map((target) => now(input(apples, right, { target })).threshold);
    expect(bars).toEqual([...bars].sort((a, b) => a - b));
    expect(new Set(bars).size).toBe(3);
  });

  test('a doubtful draft that is accepted because the verifier is hardly likelier to be right says so', () => {
    const hard = 'Let $a, b, c$ be positive integers with $a^3 + b^3 = c^2 - 7$. Find the remainder when the sum of all values of $a + b + c$ is divided by 11.';
    const guess = 'Let us assume $a = 1$ and $b = 2$, so $c^2 = 16$ and $c = 4$. However, there may be more, so we guess that the pattern goes on, which gives \\boxed{7}.';
    const verdict = now(input(hard, guess, { opinions: [draft('After some trials the answer is \\boxed{7}.', { model: 'claude-3-haiku' })] }));
    expect(verdict.accept).toBe(true);
    expect(verdict.probability).toBeLessThan(0.75);
    expect(verdict.reason).toMatch(/asking further is not expected to help, because the next answer would be good with probability 0\.\d\d;/);
    expect(now(input(apples, right)).reason).not.toContain('asking further');
  });

  test('the bar of the plan wins over the target', () => {
    expect(now(input(apples, right, { minProbability: 0.999 })).accept).toBe(false);
  });

  test('the dearer an error, the higher the bar; the dearer the verifier, the lower', () => {
    const bar = (errorCost: number, cost: number) => now(input(apples, right, { target: { errorCost }, escalation: { model: large, cost } })).threshold;
    expect(bar(10, 0.01)).toBeGreaterThan(bar(0.1, 0.01));
    expect(bar(0.1, 0.05)).toBeLessThan(bar(0.1, 0.01));
  });

  test('a veto is final', () => {
    const verdict = now(input(apples, draft(right, { finishReason: { unified: 'length' } }), { target: { minProbability: 0 }, canAskOpinion: true }));
    expect(verdict).toMatchObject({ accept: false, probability: 0, veto: expect.stringContaining('token limit') });
    expect(verdict.wantsOpinion).toBeUndefined();
  });
});

describe('opinions', () => {
  const opinion = (content: string, model = 'gemini-1.5-flash') => draft(content, { model, provider: 'google', tier: 1 });
  test('agreement raises the probability, disagreement lowers it', () => {
    const alone = now(input(apples, right)).probability;
    const agreed = now(input(apples, right, { opinions: [opinion('#### 57')] }));
    const contradicted = now(input(apples, right, { opinions: [opinion('#### 67')] }));
    expect(agreed.probability).toBeGreaterThan(alone);
    expect(contradicted.probability).toBeLessThan(alone);
    expect(agreed.agreement).toBe(1);
    expect(contradicted.reason).toContain('another model answered differently');
  });

  test('agreeing on yes or no says less than agreeing on a number', () => {
    const gain = (question: string, answer: string) =>
      Math.log(now(input(question, answer, { opinions: [opinion(answer)] })).probability / now(input(question, answer)).probability);
    expect(gain('is the moon larger than the planet mercury', 'false')).toBeLessThan(gain('How many moons does the planet jupiter have', '95'));
  });

  test('a sample of the same model counts less than another model', () => {
    const probability = (model: string) => now(input(apples, right, { opinions: [opinion('#### 67', model)] })).probability;
    expect(probability('gpt-4o-mini')).toBeGreaterThan(probability('gemini-1.5-flash'));
  });

  test('an opinion is wanted only by a doubtful draft, and only where one can be had', () => {
    expect(now(input(apples, wrong, { canAskOpinion: true })).wantsOpinion).toBe(true);
    expect(now(input(apples, wrong)).wantsOpinion).toBeUndefined();
    expect(now(input(apples, right, { target: { minProbability: 0.1 }, canAskOpinion: true })).wantsOpinion).toBeUndefined();
  });

  test("a model judge's word moves the probability", () => {
    const [no, none, yes] = [0.1, undefined, 0.9].map((judgement) => now(input(apples, right, judgement === undefined ? {} : { judgement })).probability) as [number, number, number];
    expect(no).toBeLessThan(none);
    expect(yes).toBeGreaterThan(none);
  });
});

describe('options', () => {
  test('own signals count as their weights say, and their vetoes stand', async () => {
    const polite = defineSignal('polite', ({ draft: { content } }) => (content.includes('please') ? 1 : 0));
    const noSwearing = defineSignal('no-swearing', ({ draft: { content } }) => (content.includes('damn') ? { value: 1, veto: 'It swears.' } : 0));
    const own = createJudge({ signals: [polite, noSwearing], weights: { polite: 2 } });
    const plain = await own(input(apples, right));
    const asked = await own(input(apples, `${right} please`));
    expect(asked.signals.find((signal) => signal.name === 'polite')).toEqual({ name: 'polite', value: 1, weight: 2 });
    expect(asked.probability).toBeGreaterThan(plain.probability);
    expect(await own(input(apples, `${right} damn`))).toMatchObject({ accept: false, veto: 'It swears.' });
  });

  test('a threshold of one’s own replaces the level', async () => {
    expect((await createJudge({ threshold: 0.99 })(input(apples, right))).threshold).toBe(0.99);
  });

  test.each([
    [{ threshold: 2 }, 'threshold'],
    [{ weights: { 'no-such': 1 } }, 'weights.no-such'],
    [{ weights: { hedging: Number.NaN } }, 'weights.hedging'],
    [{ signals: [defineSignal('hedging', () => 1)] }, 'signals[0]'],
  ])('an option that cannot work is refused: %o', (options, path) => {
    expect(() => createJudge(options)).toThrow(path);
  });

  test('an embedder lowers what is off the topic, and its failure changes nothing', async () => {
    const vectors = (texts: readonly string[]) => texts.map((text) => new Float32Array(text.includes('bread') ? [0, 1] : [1, 0]));
    const embedder = (embed: Embedder['embed']): Embedder => ({ contract: 'v1', id: 'e', dimensions: 2, embed });
    const question = 'Which planet is called the red planet, and why?';
    const off = 'To bake bread you need flour, water and salt, then rest the dough overnight and bake it hot.';
    const knows = createJudge({ embedder: embedder(async (texts) => vectors(texts)) });
    const fails = createJudge({ embedder: embedder(() => Promise.reject(new Error('offline'))) });
    expect((await knows(input(question, off))).probability).toBeLessThan((await judge(input(question, off))).probability);
    expect((await fails(input(question, off))).probability).toBe((await judge(input(question, off))).probability);
  });
});

describe('combined judges', () => {
  const fixed = (probability: number, veto?: string) => (): Verdict => ({
    accept: veto === undefined && probability >= 0.5, probability: veto === undefined ? probability : 0, threshold: 0.5, signals: [{ name: `s${probability}`, value: 1, weight: 0 }], reason: '', ...(veto !== undefined && { veto }),
  });
  const one = input('Hi', 'Hello');

  test('all, any and the weighted mean', () => {
    expect(allOf(fixed(0.9), fixed(0.4))(one)).toMatchObject({ accept: false, probability: 0.4 });
    expect(anyOf(fixed(0.9), fixed(0.4))(one)).toMatchObject({ accept: true, probability: 0.9 });
    const mixed = weighted([{ judge: fixed(0.9), weight: 1 }, { judge: fixed(0.1), weight: 3 }])(one) as Verdict;
    expect(mixed.accept).toBe(false);
    expect(mixed.probability).toBeCloseTo(1 / (1 + 9 ** 0.5));
    expect(mixed.signals.map((signal) => signal.name)).toEqual(['s0.9', 's0.1']);
  });

  test('a veto of one stands for all', () => {
    for (const combined of [allOf(fixed(0.9), fixed(0.9, 'No.')), anyOf(fixed(0.9), fixed(0.9, 'No.'))]) expect(combined(one)).toMatchObject({ accept: false, veto: 'No.' });
  });

  test('promises are waited for', async () => {
    expect(await allOf(fixed(0.9), async () => fixed(0.8)())(one)).toMatchObject({ accept: true, probability: 0.8 });
  });

  test('judges that cannot be combined are refused', () => {
    expect(() => allOf()).toThrow('judges');
    expect(() => weighted([{ judge: fixed(1), weight: 0 }])).toThrow('judges[0].weight');
  });
});

describe('tool calls', () => {
  const tools = [{ name: 'weather', description: 'Weather of a city', parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] } }];
  const request = ask('What is the weather in Oslo?', { tools });
  const call = (name: string, args: string) => draft('', { toolCalls: [{ id: '1', name, arguments: args }], finishReason: { unified: 'tool-calls' } });
  const judged = (answer: Draft, more: Partial<JudgeInput> = {}) => now({ ...input('', answer, more), request });

  test('a sound call is accepted, an unknown tool or a missing argument never', () => {
    expect(judged(call('weather', '{"city":"Oslo"}')).accept).toBe(true);
    expect(judged(call('wether', '{"city":"Oslo"}')).veto).toBeDefined();
    expect(judged(call('weather', '{}')).veto).toBeDefined();
  });

  test('another drafter’s call is compared by tool and arguments, whatever their order', () => {
    const same = judged(call('weather', '{"city":"Oslo"}'), { opinions: [call('weather', '{ "city": "Oslo" }')] });
    const other = judged(call('weather', '{"city":"Oslo"}'), { opinions: [call('weather', '{"city":"Bergen"}')] });
    expect(same.agreement).toBe(1);
    expect(other.agreement).toBe(0.5);
    expect(same.probability).toBeGreaterThan(other.probability);
  });
});
