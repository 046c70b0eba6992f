import type { SummaryWindow } from '@cascadeflow/gateway';
import { FirstRequest } from './first-request.tsx';
import { DomainTable, DrafterTable, KeyTable, ModelTable } from './group-tables.tsx';
import { MoneyChart } from './money-chart.tsx';
import { ProbabilityChart } from './probability-chart.tsx';
import { ReliabilityChart } from './reliability-chart.tsx';
import { RunList } from './run-list.tsx';
import { Story } from './story.tsx';
import { live, lookNow, runs, show, span, summary } from './state.ts';
import { Tiles } from './tiles.tsx';
import { toStart } from './format.ts';

const spans: readonly (readonly [SummaryWindow, string])[] = [['hour', 'Hour'], ['day', 'Day'], ['week', 'Week'], ['month', 'Month']];

/** All figures, or how to get the first. */
export function Dashboard() {
  const sums = summary.value;
  if (!sums || !live.value) return <p class="waiting">Reading the record of runs.</p>;
  const isNew = sums.count === 0 && live.value.open.length === 0 && show.value === 'all' && runs.value?.length === 0;
  return (
    <>
      <Spans since={sums.since} />
      {isNew ? <FirstRequest /> : (
        <>
          <Tiles sums={sums} active={live.value.active} />
          <MoneyChart sums={sums} />
          <div class="pair">
            <ProbabilityChart bars={sums.probabilities} />
            <ReliabilityChart bars={sums.probabilities} />
          </div>
          <div class="pair">
            <DrafterTable groups={sums.byDrafter} />
            <DomainTable groups={sums.byDomain} />
          </div>
          <div class="pair">
            <KeyTable groups={sums.byKey} />
            <ModelTable groups={sums.byModel} />
          </div>
          <RunList />
        </>
      )}
      <Story />
    </>
  );
}

function Spans({ since }: { readonly since: number }) {
  return (
    <fieldset class="choice">
      <legend>Figures of the last</legend>
      {spans.map(([value, name]) => (
        <label key={value}>
          <input
            type="radio" name="span" checked={span.value === value}
            onChange={() => {
              span.value = value;
              lookNow();
            }}
          />
          <span>{name}</span>
        </label>
      ))}
      <span class="since">since {toStart(since)}</span>
    </fieldset>
  );
}
