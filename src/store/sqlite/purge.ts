import type { PurgeStatements } from './statements/purge-statements.ts';

/**
 * Removes what hiding these responses left without a visible descendant: themselves, and their hidden ancestors up to
 * the first that is visible or has another child. Runs inside the caller's transaction.
 */
export function purge(statements: PurgeStatements, hiddenKeys: number[]): void {
  for (const hiddenKey of hiddenKeys) {
    for (const key of statements.unreachable.all({ key: hiddenKey })) {
      statements.deleteItems.run({ key });
      statements.deleteResponse.run({ key });
    }
  }
}
