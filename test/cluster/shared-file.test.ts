import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTestFile } from '../store/sqlite/test-database.ts';
import { inBackground, openCluster, responsesOf, shortLease, streamOf } from './cluster.ts';
import { startReading } from './reading.ts';

describe('two processes on one SQLite file', () => {
  it('follow, stop and end responses of each other', async () => {
    using created = createTestFile();
    await using cluster = await openCluster(`sqlite:${created.file}`);
    const settings = { ...shortLease, RUN_RECOVERY: 'fail' };
    const [a, b] = [await cluster.spawn(settings), await cluster.start(settings)];
    using first = await startReading(responsesOf(a), inBackground('slow 40x25ms'));
    using cancelled = await startReading(responsesOf(a), inBackground('slow 2000x20ms'));
    using lost = await startReading(responsesOf(a), inBackground('slow 2000x20ms'));
    await Promise.all([first, cancelled, lost].map((reading) => reading.until(1)));
    using follower = await startReading(streamOf(b, first.id));
    using orphan = await startReading(streamOf(b, lost.id));
    await follower.until(3);
    assert.equal(first.isOver, false, 'B sent it while A was generating it');
    assert.equal((await b.openai.responses.cancel(cancelled.id)).status, 'cancelled');
    await Promise.all([first.end(), follower.end(), cancelled.end()]);
    assert.equal(first.status, 'completed');
    assert.deepEqual(follower.events, first.events);

    await a.kill('SIGKILL');
    await orphan.end();
    assert.equal(orphan.status, 'failed');
    assert.deepEqual(orphan.events.slice(0, lost.events.length), lost.events);
  });
});
