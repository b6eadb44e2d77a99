import { key, signOut } from '../api/session.ts';
import { useStore } from '../state/store.ts';

/** Lets an operator who has entered a key sign out. */
export function Account() {
  const signedIn = useStore(key);
  if (signedIn === null) return null;
  return (
    <button type="button" onClick={signOut}>
      Sign out
    </button>
  );
}
