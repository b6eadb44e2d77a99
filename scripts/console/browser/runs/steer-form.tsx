import { useState } from 'preact/hooks';
import { steerRun } from '../api/operations.ts';
import type { Run } from '../api/types.ts';
import { FailureNotice, Notice } from '../parts/notice.tsx';
import { isActive } from '../parts/status.tsx';
import { toHash } from '../state/routes.ts';
import { useAction } from '../state/use-action.ts';
import { shortId } from '../text/format.ts';

interface Properties {
  run: Run;
  onDone: () => void;
}

/** Adds input to a background response that runs, or continues one that has ended. */
export function SteerForm({ run: { id, status, background }, onDone }: Properties) {
  const [input, setInput] = useState('');
  const [successor, setSuccessor] = useState<string | null>();
  const steer = useAction(async () => {
    setSuccessor((await steerRun(id, input)).response_id);
    setInput('');
    onDone();
  });
  const submit = (event: Event) => {
    event.preventDefault();
    if (input.trim() !== '') void steer.run();
  };
  if (isActive(status) && !background) return null;
  return (
    <>
      <form class="steer" onSubmit={submit}>
        <label class="field">
          <span>{isActive(status) ? 'Steer: a message for the running response' : 'Continue with a message'}</span>
          <input value={input} autocomplete="off" onInput={({ currentTarget }) => setInput(currentTarget.value)} />
        </label>
        <button type="submit" disabled={steer.isBusy || input.trim() === ''}>
          {isActive(status) ? 'Steer' : 'Continue'}
        </button>
      </form>
      <FailureNotice failure={steer.failure} />
      {successor === null && <Notice>Accepted. The response takes it after its current step; see the chain.</Notice>}
      {successor && (
        <Notice>
          Continued by <a href={toHash('runs', successor)}>{shortId(successor)}</a>.
        </Notice>
      )}
    </>
  );
}
