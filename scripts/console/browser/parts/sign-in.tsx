import { useEffect, useState } from 'preact/hooks';
import { key, type Refusal, signIn } from '../api/session.ts';
import { setTitle } from '../state/title.ts';

/** Asks for the operator's key. */
export function SignIn({ refused }: { refused: Refusal }) {
  const [entered, setEntered] = useState('');
  useEffect(() => setTitle('Sign in'), []);
  const submit = (event: Event) => {
    event.preventDefault();
    if (entered.trim() !== '') signIn(entered.trim());
  };
  return (
    <form class="sign-in" onSubmit={submit}>
      <h1>Sign in</h1>
      <p role="status">{describe(refused)}</p>
      <label class="field">
        <span>Operator's key</span>
        <input
          type="password"
          value={entered}
          autocomplete="off"
          spellcheck={false}
          autofocus
          onInput={({ currentTarget }) => setEntered(currentTarget.value)}
        />
      </label>
      <button type="submit" class="primary">
        Sign in
      </button>
      <p class="soft">
        Create one on the server with <code>talaria keys create --operator</code>. The key stays in this tab and is
        forgotten when you close it.
      </p>
    </form>
  );
}

function describe({ code, message }: Refusal): string {
  if (code === 'operator_required') {
    return "This is a tenant's key. The console needs an operator's key, because it shows the data of every tenant.";
  }
  return code !== null && key.get() === null ? "This server requires an operator's key." : message;
}
