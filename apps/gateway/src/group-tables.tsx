import type { RunGroup } from '@cascadeflow/gateway';
import type { ComponentChildren } from 'preact';
import { toCount, toPercent, toSum } from './format.ts';

/** Rows shown; the rest is told of. Chosen by hand. */
const most = 12;

interface Column {
  readonly name: string;
  readonly of: (group: RunGroup) => ComponentChildren;
}

interface Props {
  readonly groups: readonly RunGroup[];
}

const accepted: Column = { name: 'Accepted', of: (group) => <Meter part={group.accepted} of={group.judged} /> };
const spent: Column = { name: 'Spent', of: (group) => toSum(group.cost, group.unpriced, group.count) };
const saved: Column = { name: 'Saved', of: (group) => toSum(group.saved, group.unsaved, group.count - group.failed) };
const failed: Column = { name: 'Failed', of: (group) => toCount(group.failed) };
const counted = (name: string): Column => ({ name, of: (group) => toCount(group.count) });

/** Judged drafts by who wrote them. */
export function DrafterTable({ groups }: Props) {
  return <GroupTable title="Acceptance by model" first="Model that drafted" groups={groups} columns={[counted('Drafts'), accepted]} none="No draft has been judged." />;
}

/** Runs by what they were about. */
export function DomainTable({ groups }: Props) {
  return <GroupTable title="Acceptance by domain" first="Domain" groups={groups} columns={[counted('Runs'), accepted, saved]} none="No run has been routed." />;
}

/** Money by who asked. */
export function KeyTable({ groups }: Props) {
  return <GroupTable title="Money by key" first="Key" groups={groups} columns={[counted('Runs'), spent, saved, failed]} none="Nobody has asked." />;
}

/** Money by who was called. */
export function ModelTable({ groups }: Props) {
  return <GroupTable title="Money by model" first="Model that was called" groups={groups} columns={[counted('Calls'), spent, failed]} none="No model has been called." />;
}

function GroupTable({ title, first, groups, columns, none }: Props & { readonly title: string; readonly first: string; readonly columns: readonly Column[]; readonly none: string }) {
  return (
    <section class="card">
      <h2>{title}</h2>
      {groups.length === 0 ? <p class="none">{none}</p> : (
        <table>
          <thead><tr><th scope="col">{first}</th>{columns.map(({ name }) => <th scope="col" key={name}>{name}</th>)}</tr></thead>
          <tbody>
            {groups.slice(0, most).map((group) => (
              <tr key={group.name}>
                <th scope="row">{group.name === '' ? 'no key' : group.name}</th>
                {columns.map(({ name, of }) => <td key={name}>{of(group)}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {groups.length > most && <p class="none">and {toCount(groups.length - most)} more, at /admin/summary</p>}
    </section>
  );
}

function Meter({ part, of }: { readonly part: number; readonly of: number }) {
  return (
    <span class="meter">
      <span class="track" aria-hidden="true"><span style={{ width: `${of === 0 ? 0 : (100 * part) / of}%` }} /></span>
      {toPercent(part, of)}
    </span>
  );
}
