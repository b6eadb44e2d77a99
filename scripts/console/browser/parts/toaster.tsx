import { toHash } from '../state/routes.ts';
import { useStore } from '../state/store.ts';
import { toast } from '../state/toast.ts';

/** Shows the result of the last action at the edge of the page. */
export function Toaster() {
  const current = useStore(toast);
  return (
    <div class="toaster" role="status">
      {current && (
        <p class="toast">
          {current.text}{' '}
          {current.run !== null && (
            <a href={toHash('runs', current.run)} onClick={() => toast.set(null)}>
              Open the run
            </a>
          )}
        </p>
      )}
    </div>
  );
}
