import { useState } from 'preact/hooks';
import { cancelRun, repeatRun } from '../api/operations.ts';
import type { Run } from '../api/types.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { FailureNotice, Notice } from '../parts/notice.tsx';
import { isActive } from '../parts/status.tsx';
import { toHash } from '../state/routes.ts';
import { useAction } from '../state/use-action.ts';
import { shortId } from '../text/format.ts';
import { SteerForm } from './steer-form.tsx';

interface Properties {
  run: Run;
  /** Called after an action, which may have changed the run. */
  onDone: () => void;
}

/** Cancels, steers and repeats a run. */
export function RunActions({ run, onDone }: Properties) {
  const { id, kind, status } = run;
  const [repeated, setRepeated] = useState<string>();
  const cancel = useAction(async () => {
    await cancelRun(id);
    onDone();
  });
  const repeat = useAction(async () => setRepeated((await repeatRun(id)).id));
  return (
    <div class="run-actions">
      <div class="actions">
        {isActive(status) && (
          <ConfirmButton
            label="Cancel"
            title="Cancel this run?"
            detail="The model and its tools stop. Tools that have run aren't undone. The client gets the end or an error."
            confirm="Cancel the run"
            isDanger
            disabled={cancel.isBusy}
            onConfirm={() => void cancel.run()}
          />
        )}
        {kind === 'response' && (
          <ConfirmButton
            label="Send again"
            title="Send this request again?"
            detail="A new background response runs for the same tenant, with the same input. Its tools run again."
            confirm="Send again"
            disabled={repeat.isBusy}
            onConfirm={() => void repeat.run()}
          />
        )}
      </div>
      {kind === 'response' && <SteerForm run={run} onDone={onDone} />}
      <FailureNotice failure={cancel.failure ?? repeat.failure} />
      {repeated !== undefined && (
        <Notice>
          Sent again as <a href={toHash('runs', repeated)}>{shortId(repeated)}</a>.
        </Notice>
      )}
    </div>
  );
}
