import type { PurgeStatements } from './statements/purge-statements.ts';

/**
 * Removes hidden responses without visible descendants, and their hidden ancestors up to the first that is visible or
 * has another child. Requires a transaction of the caller.
 */
export function purge(statements: PurgeStatements, hiddenKeys: number[]): void {
  for (const hiddenKey of hiddenKeys) {
    for (const key of statements.unreachable.all({ key: hiddenKey })) {
      statements.deleteItems.run({ key });
      statements.deleteResponse.run({ key });
    }
  }
}
