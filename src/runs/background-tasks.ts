import type { Log } from '../log.ts';

const failures = {
  'renew-lease': 'failed to renew lease',
  'release-lease': 'failed to release lease',
  'take-orphans': 'failed to take over orphaned runs',
  'find-cancelled': 'failed to look for cancelled runs',
  'release-key': 'failed to release idempotency key',
  'release-stray-keys': 'failed to release stray idempotency keys',
  'release-lock': 'failed to release lock',
  'release-stray-locks': 'failed to release stray locks',
  'restore-attempts': 'failed to restore attempts of a run',
  'take-inputs': 'failed to take input for runs',
} satisfies Record<string, string>;

/** Names a task in log lines. */
export type Task = keyof typeof failures;

interface Unsettled {
  task: Task;
  action: () => Promise<void>;
}

/** Runs tasks that no request waits for. Their failures are logged; those that must be done are retried. */
export class BackgroundTasks {
  readonly #log: Pick<Log, 'error'>;
  #unsettled: Unsettled[] = [];

  constructor(log: Pick<Log, 'error'>) {
    this.#log = log;
  }

  /** Runs a task once. Never rejects. Resolves with whether it succeeded. */
  async attempt(task: Task, action: () => Promise<void>): Promise<boolean> {
    try {
      await action();
      return true;
    } catch (error) {
      this.#log.error({ err: error, task }, failures[task]);
      return false;
    }
  }

  /** Runs a task that must succeed: when it fails, `retry` runs it again. Never rejects. */
  async settle(task: Task, action: () => Promise<void>): Promise<void> {
    if (!(await this.attempt(task, action))) this.#unsettled.push({ task, action });
  }

  /** Retries all failed tasks that must succeed. */
  async retry(): Promise<void> {
    const unsettled = this.#unsettled;
    this.#unsettled = [];
    await Promise.all(unsettled.map(({ task, action }) => this.settle(task, action)));
  }
}
