import { describe, expect, it } from 'vitest';
import { certify } from '../guarantee/certify.ts';
import { madeTraces, plainAgent, readingJudge } from '../replay/agent-double.ts';
import { replay } from '../replay/replay.ts';
import type { ReplayRow } from '../replay/replay-row.ts';
import { createScale } from './chart.ts';
import { renderReport } from './render-report.ts';
import { toPairs, toReportData } from './report-data.ts';

const models = ['small', 'large'];
const traces = madeTraces(300, [{ name: 'small', easy: 0.95, hard: 0.4, cost: 1, insight: 0.3 }, { name: 'large', easy: 0.97, hard: 0.9, cost: 10 }]);

async function dataOf(list = traces) {
  const rowsOf = async (probe: boolean) => {
    const rows: ReplayRow[] = [];
    for await (const row of replay(list, { createAgent: plainAgent, judge: readingJudge(), models, probe })) rows.push(row);
    return rows;
  };
  const probe = await rowsOf(true);
  return { probe, data: toReportData(list, await rowsOf(false), probe, models) };
}

describe('the report', () => {
  it('shows the charts, the figures and the questions worth reading', async () => {
    const { data, probe } = await dataOf();
    const page = renderReport(data, { madeAt: new Date('2026-02-03'), badLines: 2, guarantee: { result: certify(toPairs(probe), { maxQualityLoss: 0.02 }), maxQualityLoss: 0.02, confidence: 0.95 } });
    expect(page.match(/<svg class="chart"/g)).toHaveLength(3);
    expect(page).toContain('2026-02-03');
    expect(page).toContain('2 lines of the traces could not be read');
    expect(page).toMatch(/Guarantee\.<\/b> (Certified|Not certified)/);
    expect(data.worstAccepted.every((each) => each.draftQuality < each.verifierQuality)).toBe(true);
    expect(data.wastefulEscalations.every((each) => each.draftQuality >= each.verifierQuality)).toBe(true);
    expect(data.worstAccepted.length + data.wastefulEscalations.length).toBeGreaterThan(2);
    expect(page).not.toContain('NaN');
  });

  it('loads nothing and runs nothing, whatever stands in the traces', async () => {
    const nasty = traces.map((trace, index) => ({
      ...trace,
      request: { messages: [{ role: 'user' as const, content: `<script>alert(${index})</script><img src="https://example.com/x">` }] },
      answers: trace.answers.map((answer) => ({ ...answer, content: `${answer.content}</pre><style>*{display:none}</style>"'&` })),
    }));
    const page = renderReport((await dataOf(nasty)).data, { title: '<b>"title"</b>' });
    expect(page).not.toMatch(/<script|<img|<link[^>]+href="http|<b>"title|<\/pre><style>/);
    expect(page).toContain('&lt;script&gt;');
    expect(page).toContain("default-src 'none'");
  });

  it('is a page even for nothing', async () => {
    const page = renderReport((await dataOf([])).data);
    expect(page).toContain('No accepted draft was worse');
    expect(page).not.toContain('NaN');
  });

  it('puts round ticks around the values', () => {
    expect(createScale([0.62, 0.69], 0, 100).ticks).toEqual([0.62, 0.64, 0.66, 0.68, 0.7]);
    expect(createScale([0, 1], 0, 100).ticks).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(createScale([5], 0, 100)(5)).toBeCloseTo(50, 0);
  });
});
