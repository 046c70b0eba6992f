import type { RunSummary } from '@cascadeflow/gateway';
import type { ComponentChildren } from 'preact';
import { toCount, toMany, toMoney, toPercent, unknown } from './format.ts';

/** The figures one looks for first. */
export function Tiles({ sums, active }: { readonly sums: RunSummary; readonly active: number }) {
  const { count, judged, accepted, failed, cost, unpriced, saved, unsaved, baseline } = sums;
  const direct = sums.outcomes['direct'] ?? 0;
  const cached = sums.outcomes['cached'] ?? 0;
  const besides = [direct > 0 && `${toCount(direct)} direct`, cached > 0 && `${toCount(cached)} cached`].filter(Boolean).join(', ');
  const ended = count - failed;
  return (
    <dl class="tiles">
      <Tile name="Runs" value={toCount(count)}>{besides === '' ? 'finished' : besides}</Tile>
      <Tile name="Under way" value={toCount(active)}>now</Tile>
      <Tile name="Drafts accepted" value={toPercent(accepted, judged)}>{toCount(accepted)} of {toCount(judged)} judged</Tile>
      <Tile name="Spent" value={unpriced >= count && count > 0 ? unknown : toMoney(cost)}>{unpriced > 0 ? `without ${toMany(unpriced, 'run')} of unknown price` : 'all runs'}</Tile>
      <Tile name="Saved" value={unsaved >= ended && ended > 0 ? unknown : toMoney(saved)}>
        {unsaved > 0 ? `without ${toMany(unsaved, 'run')} of unknown price` : baseline > 0 ? `${toPercent(saved, baseline)} of the last model alone` : 'against the last model alone'}
      </Tile>
      <Tile name="Failed" value={toCount(failed)} isBad={failed > 0}>{toPercent(failed, count)} of runs</Tile>
    </dl>
  );
}

function Tile({ name, value, children, isBad = false }: { readonly name: string; readonly value: string; readonly children: ComponentChildren; readonly isBad?: boolean }) {
  return (
    <div class={isBad ? 'bad' : ''}>
      <dt>{name}</dt>
      <dd><strong>{value}</strong><small>{children}</small></dd>
    </div>
  );
}
