import type { RunRecord } from '@cascadeflow/gateway';
import { type Signal, useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { api } from './api.ts';
import { toCount, toDuration, toMoney, toTime, unknown } from './format.ts';
import { lookNow, phase, story } from './state.ts';
import { Waterfall } from './waterfall.tsx';

/** One run from its beginning to its end, beside the page. */
export function Story() {
  const box = useRef<HTMLDialogElement>(null);
  const run = useSignal<RunRecord | undefined>(undefined);
  const wrong = useSignal<string | undefined>(undefined);
  const id = story.value;
  useEffect(() => {
    run.value = wrong.value = undefined;
    if (id === undefined) {
      box.current?.close();
      return;
    }
    if (!box.current?.open) box.current?.showModal();
    api.run(id).then(
      (found) => void (story.value === id && (run.value = found)),
      (error: unknown) => void (wrong.value = error instanceof Error ? error.message : String(error)),
    );
  }, [id, phase.value]);
  const close = () => history.replaceState(null, '', location.pathname + location.search);
  return (
    <dialog
      ref={box} class="story" aria-labelledby="story-title"
      onClose={() => {
        close();
        story.value = undefined;
      }}
      onClick={(event) => event.target === box.current && box.current?.close()}
    >
      <div class="inside">
        <header>
          <h2 id="story-title">{run.value ? <>Run of {toTime(run.value.endedAt)} <span class={`badge ${run.value.outcome}`}>{run.value.outcome}</span></> : 'Run'}</h2>
          <button type="button" class="quiet" onClick={() => box.current?.close()}>Close</button>
        </header>
        {wrong.value !== undefined && <p class="trouble" role="alert">The run cannot be shown: {wrong.value}</p>}
        {run.value && <Told run={run.value} shown={run} />}
      </div>
    </dialog>
  );
}

function Told({ run, shown }: { readonly run: RunRecord; readonly shown: Signal<RunRecord | undefined> }) {
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['Answered by', run.model ?? 'nobody'],
    ['Took', toDuration(run.latencyMs)],
    ['First text', run.firstTokenMs === undefined ? undefined : `after ${toDuration(run.firstTokenMs)}`],
    ['Probability', run.probability === undefined ? undefined : `${run.probability.toFixed(3)}${run.threshold === undefined ? '' : `, needed ${run.threshold.toFixed(3)}`}`],
    ['Cost', toMoney(run.cost)],
    ['Saved', run.outcome === 'failed' ? undefined : toMoney(run.saved)],
    ['Domain', run.domain],
    ['Complexity', run.complexity],
    ['Key', run.key],
    ['Session', run.session],
    ['Tag', run.tag],
  ];
  return (
    <>
      <p class="reason">{run.reason}</p>
      <dl class="facts">{facts.map(([name, text]) => text !== undefined && <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}</dl>
      <h3>What happened</h3>
      <Waterfall steps={run.steps} totalMs={run.latencyMs} />
      <Calls run={run} />
      {run.outcome !== 'failed' && <Label run={run} shown={shown} />}
      <p class="id">Run <code>{run.runId}</code></p>
    </>
  );
}

function Calls({ run: { calls } }: { readonly run: RunRecord }) {
  if (calls.length === 0) return <p class="none">No model was called.</p>;
  return (
    <>
      <h3>Calls</h3>
      <table>
        <thead><tr><th scope="col">Model</th><th scope="col">As</th><th scope="col">Ended</th><th scope="col">Tokens</th><th scope="col">Cost</th></tr></thead>
        <tbody>
          {calls.map(({ model, role, status, inputTokens, outputTokens, cost }, index) => (
            <tr key={String(index)}>
              <th scope="row">{model}</th><td>{role}</td><td>{status}</td>
              <td>{inputTokens + outputTokens === 0 ? unknown : `${toCount(inputTokens)} + ${toCount(outputTokens)}`}</td><td>{toMoney(cost)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </>
  );
}

/** Labels are what reliability is measured by. */
function Label({ run, shown }: { readonly run: RunRecord; readonly shown: Signal<RunRecord | undefined> }) {
  const wrong = useSignal<string | undefined>(undefined);
  const say = async (good: boolean) => {
    try {
      await api.label(run.runId, good);
      shown.value = { ...run, good };
      wrong.value = undefined;
      lookNow();
    } catch (error) {
      wrong.value = error instanceof Error ? error.message : String(error);
    }
  };
  const choice = (good: boolean, text: string) => <button type="button" aria-pressed={run.good === good} onClick={() => void say(good)}>{text}</button>;
  return (
    <>
      <h3>Was the answer good?</h3>
      <div class="label" role="group" aria-label="Was the answer good?">{choice(true, 'Good')}{choice(false, 'Not good')}<span aria-live="polite">{run.good === undefined ? '' : 'Noted.'}</span></div>
      {wrong.value !== undefined && <p class="trouble" role="alert">It could not be noted: {wrong.value}</p>}
    </>
  );
}
