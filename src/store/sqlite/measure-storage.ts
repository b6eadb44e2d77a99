import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { limits } from '../../config/limits.ts';
import type { Connection } from './connection/connection.ts';
import { prepareStorage } from './statements/storage-statements.ts';

/** Returns a function that measures a tenant's data in steps, so other work can run in between. */
export function prepareMeasurement(database: Database, connection: Connection): (tenant: string) => Promise<number> {
  const statements = prepareStorage(database);
  return async (tenant) => {
    let sum = 0;
    for (const statement of statements) {
      let after: string | undefined = '';
      while (after !== undefined) {
        const step = connection.read(() => measureStep(statement.iterate({ tenant, after: after ?? '' })));
        sum += step.bytes;
        after = step.last;
        await nextTurn();
      }
    }
    return sum;
  };
}

interface Step {
  bytes: number;
  /** The id of the last measured row. `undefined`: the step reached the end. */
  last: string | undefined;
}

function measureStep(rows: Iterable<{ id: string; bytes: number }>): Step {
  const deadline = performance.now() + limits.quotaStepMs;
  let sum = 0;
  for (const { id, bytes } of rows) {
    sum += bytes;
    if (performance.now() > deadline) return { bytes: sum, last: id };
  }
  return { bytes: sum, last: undefined };
}
