import { useState } from 'preact/hooks';
import { ApiFailure } from '../api/failure.ts';

export interface Action<Args extends unknown[]> {
  run(...args: Args): Promise<void>;
  isBusy: boolean;
  failure: ApiFailure | undefined;
}

/** Runs an action of the operator, one at a time, and keeps its failure to be shown. */
export function useAction<Args extends unknown[]>(act: (...args: Args) => Promise<void>): Action<Args> {
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<ApiFailure>();
  const run = async (...args: Args): Promise<void> => {
    if (isBusy) return;
    setBusy(true);
    setFailure(undefined);
    try {
      await act(...args);
    } catch (error) {
      setFailure(ApiFailure.from(error));
    } finally {
      setBusy(false);
    }
  };
  return { run, isBusy, failure };
}
