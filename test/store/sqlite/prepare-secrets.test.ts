import assert from 'node:assert/strict';
import { it } from 'node:test';
import { Connection } from '../../../src/store/sqlite/connection/connection.ts';
import { prepareSecrets } from '../../../src/store/sqlite/prepare-secrets.ts';
import { createTestFile, openTestDatabase } from './test-database.ts';

/** Runs an action between the first read of the database and the next. */
class InterruptedConnection extends Connection {
  interrupt: () => unknown = () => {};

  override read<Result>(action: () => Result): Result {
    const result = super.read(action);
    this.interrupt();
    return result;
  }
}

it('uses the secret that another handle creates concurrently', async () => {
  using created = createTestFile();
  await using one = openTestDatabase({ file: created.file });
  await using two = openTestDatabase({ file: created.file });
  const connection = new InterruptedConnection(one.database);
  const secret = prepareSecrets(one.database, connection);
  const theirs = prepareSecrets(two.database, new Connection(two.database));
  connection.interrupt = () => theirs('name');
  assert.deepEqual(secret('name'), theirs('name'));
});
