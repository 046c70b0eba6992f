import type { OpenRun } from '@cascadeflow/gateway';
import type { Show, RunRow } from './api.ts';
import { toDuration, toMoney, toTime, unknown } from './format.ts';
import { live, lookNow, runs, show } from './state.ts';

const lists: readonly (readonly [Show, string, string])[] = [
  ['all', 'Latest', 'Newest first, those under way on top.'],
  ['slow', 'Slowest', 'Of the latest 5,000 runs, the slowest first.'],
  ['failed', 'Failed', 'Newest first.'],
];

/** Runs as they come, the slow ones, and the failed ones. */
export function RunList() {
  const rows = runs.value;
  const open = show.value === 'all' ? (live.value?.open ?? []) : [];
  const about = lists.find(([value]) => value === show.value)?.[2];
  return (
    <section class="card runs">
      <div class="head">
        <h2>Requests</h2>
        <fieldset class="choice">
          <legend>Which requests</legend>
          {lists.map(([value, name]) => (
            <label key={value}>
              <input
                type="radio" name="show" checked={show.value === value}
                onChange={() => {
                  show.value = value;
                  runs.value = undefined;
                  lookNow();
                }}
              />
              <span>{name}</span>
            </label>
          ))}
        </fieldset>
      </div>
      <p class="about">{about}</p>
      <table>
        <thead>
          <tr>
            <th scope="col">Time</th><th scope="col">Ended</th><th scope="col">Answered by</th><th scope="col" class="wide">Domain</th><th scope="col" class="wide">Probability</th>
            <th scope="col" class="middle">Cost</th><th scope="col" class="wide">Saved</th><th scope="col">Took</th><th scope="col" class="wide">Key</th>
          </tr>
        </thead>
        <tbody>
          {open.map((run) => <OpenRow key={run.runId} run={run} now={live.value?.now ?? run.startedAt} />)}
          {rows?.map((run) => <Row key={run.runId} run={run} />)}
        </tbody>
      </table>
      {rows === undefined ? <p class="none">Reading.</p> : rows.length + open.length === 0 && <p class="none">There are none.</p>}
    </section>
  );
}

/** A run's story has an address, so that it can be sent to a colleague. */
function addressOf(runId: string): string {
  return `#run=${encodeURIComponent(runId)}`;
}

function Row({ run }: { readonly run: RunRow }) {
  const { runId, endedAt, outcome, model, domain, probability, cost, saved, latencyMs, key, degraded } = run;
  return (
    <tr class="opens" onClick={() => (location.hash = addressOf(runId))}>
      <th scope="row"><a href={addressOf(runId)} aria-label={`Story of the run of ${toTime(endedAt)}, ${outcome}`}>{toTime(endedAt)}</a></th>
      <td><span class={`badge ${outcome}`}>{outcome}</span>{degraded && <span class="badge degraded">degraded</span>}</td>
      <td class="model">{model ?? 'nobody'}</td>
      <td class="wide">{domain ?? unknown}</td>
      <td class="wide">{probability === undefined ? 'not judged' : probability.toFixed(2)}</td>
      <td class="middle">{toMoney(cost)}</td>
      <td class="wide">{outcome === 'failed' ? '–' : toMoney(saved)}</td>
      <td>{toDuration(latencyMs)}</td>
      <td class="wide">{key ?? 'no key'}</td>
    </tr>
  );
}

function OpenRow({ run: { startedAt, model, role, domain, key }, now }: { readonly run: OpenRun; readonly now: number }) {
  return (
    <tr class="underway">
      <th scope="row">{toTime(startedAt)}</th>
      <td><span class="badge running">under way</span></td>
      <td class="model">{model === undefined ? 'choosing' : `${model}, ${role ?? ''}`}</td>
      <td class="wide">{domain ?? '–'}</td>
      <td class="wide">–</td>
      <td class="middle">–</td>
      <td class="wide">–</td>
      <td>{toDuration(Math.max(0, now - startedAt))}</td>
      <td class="wide">{key ?? 'no key'}</td>
    </tr>
  );
}
