import type { ComponentChildren } from 'preact';
import { type ApiFailure, describeFailure } from '../api/failure.ts';

/** Shows a failed request in plain words. Failures of the connection are shown once for the whole page. */
export function FailureNotice({ failure }: { failure: ApiFailure | undefined }) {
  if (!failure || failure.status === 0 || failure.status === 401) return null;
  return (
    <p class="notice notice-bad" role="alert">
      {describeFailure(failure)} {failure.code !== null && <code>{failure.code}</code>}
    </p>
  );
}

/** Shows the result of an action. */
export function Notice({ children }: { children: ComponentChildren }) {
  return (
    <div class="notice" role="status">
      {children}
    </div>
  );
}
