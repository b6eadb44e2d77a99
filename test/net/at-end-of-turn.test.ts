import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { atEndOfTurn } from '../../src/net/at-end-of-turn.ts';

const modulePath = fileURLToPath(new URL('../../src/net/at-end-of-turn.ts', import.meta.url));

/** Fails an action between two others. Prints what is called, and the uncaught error. */
const program = `
  import { atEndOfTurn } from ${JSON.stringify(modulePath)};
  process.on('uncaughtException', (error) => console.log('uncaught', error.message));
  atEndOfTurn(() => console.log('first'));
  atEndOfTurn(() => { throw new Error('second'); });
  atEndOfTurn(() => console.log('third'));
`;

describe('the end of a turn', () => {
  it('comes after the callbacks of the turn, with all actions in order', async () => {
    const calls: string[] = [];
    const { promise, resolve } = Promise.withResolvers<void>();
    atEndOfTurn(() => calls.push('one'));
    atEndOfTurn(() => {
      calls.push('two');
      atEndOfTurn(resolve);
    });
    await Promise.resolve();
    calls.push('callback');
    await promise;
    assert.deepEqual(calls, ['callback', 'one', 'two']);
  });

  it('calls all actions if one throws, and its error is uncaught', () => {
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', program], { encoding: 'utf8' });
    assert.deepEqual(stdout.trim().split('\n'), ['first', 'third', 'uncaught second']);
  });
});
