import { useSignalEffect } from '@preact/signals';
import { Dashboard } from './dashboard.tsx';
import { SignIn } from './sign-in.tsx';
import { adminKey, type Access } from './api.ts';
import { lastSeen, type Phase, phase, signOut, trouble } from './state.ts';
import { toTime } from './format.ts';

const told: { readonly [Name in Exclude<Phase, 'open' | 'key'> | Access['access']]?: readonly [title: string, text: string] } = {
  starting: ['Looking for the gateway', 'One moment.'],
  closed: ['The dashboard is closed', 'Clients of this gateway need keys, and so does its operator: set adminKey in the configuration and load this page again.'],
  'no-records': ['No record is kept', 'This gateway keeps no record of its runs, so there is nothing to show.'],
};

/** The whole page. */
export function App() {
  useSignalEffect(() => {
    document.title = trouble.value === undefined ? 'cascadeflow gateway' : 'away: cascadeflow gateway';
  });
  const [title, text] = (phase.value === 'open' || phase.value === 'key' ? undefined : told[phase.value]) ?? ['', ''];
  return (
    <>
      <header class="top">
        <h1>
          <svg viewBox="0 0 32 32" aria-hidden="true"><path d="M4 6h10v6h-4v4h10v6h-4v4h12" /></svg>
          cascadeflow <span>gateway</span>
        </h1>
        <Connection />
        {phase.value === 'open' && adminKey.get() !== undefined && <button type="button" class="quiet" onClick={signOut}>Forget the key</button>}
      </header>
      <main>
        {trouble.value !== undefined && <p class="trouble" role="alert">{trouble.value}</p>}
        {phase.value === 'open' ? <Dashboard /> : phase.value === 'key' ? <SignIn /> : (
          <section class="card narrow"><h2>{title}</h2><p>{text}</p></section>
        )}
      </main>
    </>
  );
}

function Connection() {
  if (phase.value !== 'open') return <span class="connection" />;
  const isAway = trouble.value !== undefined;
  const seen = lastSeen.value;
  return (
    <span class={`connection ${isAway ? 'away' : 'here'}`}>
      {isAway ? (seen === undefined ? 'Away' : `Away, figures of ${toTime(seen)}`) : 'Live'}
    </span>
  );
}
