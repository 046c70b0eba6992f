import { useSignal } from '@preact/signals';
import { keyWasWrong, signIn } from './state.ts';

/** Asks for the operator's key. It is kept until the tab is closed, and sent in a header alone. */
export function SignIn() {
  const text = useSignal('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (text.value.trim() !== '') signIn(text.value.trim());
  };
  return (
    <form class="card narrow" onSubmit={submit}>
      <h2>The operator's key</h2>
      <p id="key-about">It is the <code>adminKey</code> of the gateway's configuration. It stays in this tab and is forgotten when the tab is closed.</p>
      <label for="key">Key</label>
      <input
        id="key" type="password" autocomplete="off" spellcheck={false} value={text.value} aria-describedby={keyWasWrong.value ? 'key-wrong' : 'key-about'} aria-invalid={keyWasWrong.value}
        onInput={(event) => (text.value = event.currentTarget.value)}
      />
      {keyWasWrong.value && <p class="wrong" id="key-wrong" role="alert">The gateway does not know this key.</p>}
      <button type="submit">Show the dashboard</button>
    </form>
  );
}
