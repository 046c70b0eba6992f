import type { RunStep } from '@cascadeflow/gateway';
import { toCount, toDuration, toMoney } from './format.ts';

const kinds: { readonly [Kind in RunStep['kind']]: string } = {
  route: 'Route', call: 'Call', verdict: 'Verdict', escalation: 'Escalation', policy: 'Policy', tool: 'Tool', retry: 'Retry', failure: 'Failure',
};

/** The steps of a run along its time. Each opens to say more; all is told in words too. */
export function Waterfall({ steps, totalMs }: { readonly steps: readonly RunStep[]; readonly totalMs: number }) {
  const whole = Math.max(totalMs, ...steps.map(({ endMs }) => endMs), 0.001);
  return (
    <div class="waterfall">
      <div class="scale" aria-hidden="true">{[0, 0.25, 0.5, 0.75, 1].map((part) => <span key={part}>{toDuration(part * whole)}</span>)}</div>
      <ol>{steps.map((step, index) => <Step key={String(index)} step={step} whole={whole} />)}</ol>
      {steps.some(({ firstTokenMs }) => firstTokenMs !== undefined) && <p class="about">Pale: waiting for the first text. Open a step for its figures.</p>}
    </div>
  );
}

function Step({ step, whole }: { readonly step: RunStep; readonly whole: number }) {
  const { kind, startMs, endMs, label, role, status, cost, tokens, probability, firstTokenMs } = step;
  const percent = (ms: number) => `${(100 * ms) / whole}%`;
  const length = endMs - startMs;
  const waited = firstTokenMs === undefined || length <= 0 ? 0 : Math.min(1, (firstTokenMs - startMs) / length);
  const facts: readonly (readonly [string, string | undefined])[] = [
    length > 0 ? ['From', `${toDuration(startMs)} to ${toDuration(endMs)}`] : ['At', toDuration(startMs)],
    ['First text', firstTokenMs === undefined ? undefined : `${toDuration(firstTokenMs - startMs)} after it was asked`],
    ['Ended', status],
    ['Probability', probability?.toFixed(3)],
    ['Tokens', tokens === undefined ? undefined : tokens === 0 ? 'unknown' : toCount(tokens)],
    ['Cost', kind === 'call' ? toMoney(cost) : undefined],
  ];
  return (
    <li class={`${kind} ${role ?? ''} ${status === 'failed' || kind === 'failure' ? 'bad' : ''} ${status === 'turned down' ? 'down' : ''}`}>
      <details>
        <summary>
          <span class="name"><b>{role === undefined ? kinds[kind] : `${role[0]?.toUpperCase() ?? ''}${role.slice(1)}`}</b> <span>{label}</span></span>
          <span class="took">{length > 0 ? toDuration(length) : `at ${toDuration(startMs)}`}</span>
          <span class="track" aria-hidden="true">
            <span class={length / whole < 0.004 ? 'point' : 'bar'} style={{ left: percent(Math.min(startMs, whole)), width: percent(Math.max(0, length)) }}>
              {waited > 0 && <i style={{ width: `${100 * waited}%` }} />}
            </span>
          </span>
        </summary>
        <dl class="facts">{facts.map(([name, text]) => text !== undefined && <div key={name}><dt>{name}</dt><dd>{text}</dd></div>)}</dl>
      </details>
    </li>
  );
}
