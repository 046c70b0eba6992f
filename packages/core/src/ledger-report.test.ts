import type { CascadeEvent } from '@cascadeflow/contract';
import { seededRandom } from '@cascadeflow/testing';
import { describe, expect, it } from 'vitest';
import { scriptedAgent } from './agent-doubles.ts';
import { createLedgerBook, foldLedger } from './ledger-book.ts';
import { toLedgerCsv, toLedgerLines } from './ledger-export.ts';
import { reportLedger } from './ledger-report.ts';
import { randomStory, tell } from './story-doubles.ts';

const usage = { input: 100, output: 50 };
const shaky = { fault: { type: 'throw', kind: 'timeout', retryable: true, afterChunks: 1 }, text: 'half an answer' } as const;

describe('the ledger', () => {
  it('says by model, role, session, user and tag what was spent, and what was saved after all of it', async () => {
    const book = createLedgerBook();
    const { agent } = scriptedAgent([[{ text: 'good', usage }, { text: 'bad', usage }], [shaky, { text: 'verified', usage }]], { onEvent: book.add, random: () => 0 });
    await agent.run('easy', { user: 'ann', sessionId: 's1', metadata: { team: 'search', nested: { a: 1 } } });
    await agent.run('hard', { user: 'bob' });
    const { total, byModel, byRole, byUser, bySession, byTag, savings } = reportLedger(book);

    expect(total).toMatchObject({ calls: 4, unpriced: 0, estimated: 1 });
    expect([...byRole].map(([role, sum]) => [role, sum.calls])).toEqual([['draft', 2], ['retry', 1], ['verifier', 1]]);
    expect([...byRole.values()].reduce((sum, part) => sum + part.pico, 0n)).toBe(total.pico);
    expect([...byModel.values()].reduce((sum, part) => sum + part.pico, 0n)).toBe(total.pico);
    expect(byUser.get('ann')).toMatchObject({ pico: 150_000_000n, cost: 150e-6, usage });
    expect([[...bySession.keys()], [...byTag.keys()]]).toEqual([['s1'], ['team=search']]);
    // The first run saves nine tenths of 1 500 millionths; the second cost its draft and its retry on top of the verifier.
    expect(savings).toMatchObject({ runs: 2, unknown: 0, estimated: 2, baseline: 3000e-6, spent: total.cost });
    expect(savings.net).toBeCloseTo(3000e-6 - (total.cost ?? NaN), 15);
  });

  it('holds to the last 1e-12 USD against what each run reported, over random stories', async () => {
    const events: CascadeEvent[] = [];
    for (let seed = 1; seed <= 150; seed++) events.push(...(await tell(randomStory(seededRandom(seed)), 'run')).events);
    const report = reportLedger(foldLedger(events));
    let reported = 0n;
    let unknown = 0;
    for (const event of events) {
      const cost = event.type === 'cascade-end' ? event.result.totalCost : event.type === 'cascade-fail' ? event.spend.totalCost : 0;
      if (cost === undefined) unknown++;
      else reported += BigInt(Math.round(cost * 1e12));
    }
    expect([unknown, report.total.unpriced, report.total.pico]).toEqual([0, 0, reported]);
    expect([...report.byRole.values()].reduce((sum, part) => sum + part.pico, 0n)).toBe(reported);
    expect(report.byRole.get('wasted')?.calls).toBeGreaterThan(0);
  });

  it('leaves no part of an unknown cost out in silence', async () => {
    const book = createLedgerBook();
    const { agent } = scriptedAgent([['good']], { onEvent: book.add });
    await agent.run('question');
    const end = { ...book.entries[0]!, cost: undefined };
    expect(reportLedger({ entries: [end, book.entries[0]!], runs: book.runs })).toMatchObject({ total: { unpriced: 1, cost: undefined }, savings: { runs: 0, unknown: 1 } });
  });

  it('goes out as JSON lines and as CSV, exact and harmless to a spreadsheet', async () => {
    const book = createLedgerBook();
    const { agent } = scriptedAgent([[{ text: 'good', usage }], []], { onEvent: book.add });
    await agent.run('question', { user: '=cmd|"x"!A1', metadata: { team: 'a,b' } });
    const [line = ''] = [...toLedgerLines(book)];
    expect(JSON.parse(line)).toMatchObject({ model: 'm0', role: 'draft', cost_usd: '0.000150000000', input_tokens: 100, tags: ['team=a,b'], estimated: false });
    const [header, row] = [...toLedgerCsv(book)];
    expect(header).toContain('run_id,attempt,provider,model,role');
    expect(row).toContain(`0.000150000000,false,,"'=cmd|""x""!A1","team=a,b"\r\n`);
  });
});
