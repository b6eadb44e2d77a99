import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { toPath, toTop } from '../../scripts/console/browser/load/to-path.ts';
import { toAgents, toHighest, toPeaks, toTimes, toTotals } from '../../scripts/console/browser/load/to-series.ts';
import { toBars } from '../../scripts/console/browser/runs/to-bars.ts';
import { parseRoute, toHash } from '../../scripts/console/browser/state/routes.ts';
import { toDelay } from '../../scripts/console/browser/state/to-delay.ts';
import { toBranches } from '../../scripts/console/browser/stored/to-tree.ts';
import { applyEvent, emptyTranscript, type StreamEvent } from '../../scripts/console/browser/stream/transcript.ts';
import { diffLines } from '../../scripts/console/browser/text/diff-lines.ts';
import { formatAge, formatDuration, formatSize, shortId } from '../../scripts/console/browser/text/format.ts';
import { createSseReader } from '../../scripts/docs/browser/read-sse.ts';
import type { Recording } from '../../scripts/record-examples/recorder.ts';
import type { Schemas } from '../../src/contract/types.ts';

const recordings: Record<string, Recording> = JSON.parse(
  readFileSync(new URL('../../generated/examples.json', import.meta.url), 'utf8'),
);

function readEvents(stream: string): StreamEvent[] {
  const events: StreamEvent[] = [];
  const read = createSseReader(({ data }) => {
    if (data !== '[DONE]') events.push(JSON.parse(data));
  });
  read(stream);
  return events;
}

/** The status of an unfinished item is known from the terminal event only. */
const withoutStatus = (item: object): object => ({ ...item, status: undefined });

describe('a transcript', () => {
  const streams = Object.entries(recordings).flatMap(([name, { value }]) =>
    name.startsWith('ResponseStream') && typeof value === 'string' ? [{ name, events: readEvents(value) }] : [],
  );

  test('is tested with every recorded stream', () => assert.ok(streams.length >= 8));

  for (const { name, events } of streams) {
    const final = events.at(-1)?.['response'] as Schemas['ResponseResource'];

    test(`of ${name} has the items of the final response before its last event`, () => {
      const transcript = emptyTranscript();
      for (const event of events.slice(0, -1)) applyEvent(transcript, event);
      assert.deepEqual(transcript.items.map(withoutStatus), final.output.map(withoutStatus));
      assert.equal(transcript.hasEnded, false);
      applyEvent(transcript, events.at(-1) as StreamEvent);
      assert.equal(transcript.hasEnded, true);
      assert.equal(transcript.response?.status, final.status);
    });

    if (events[0]?.sequence_number === 0)
      test(`of ${name} has the same text without the events that repeat it`, () => {
        const transcript = emptyTranscript();
        const kept = events.filter(({ type }) => !type.endsWith('.done') && !/completed|incomplete|failed/.test(type));
        for (const event of kept) applyEvent(transcript, event);
        const texts = (items: unknown) => JSON.stringify(items).match(/"(text|refusal|arguments|input)":"[^"]*"/g);
        assert.deepEqual(texts(transcript.items), texts(final.output));
      });
  }

  test('ignores repeated events, as after a lost connection', () => {
    const transcript = emptyTranscript();
    const [{ events } = { events: [] }] = streams;
    for (const event of [...events, ...events]) applyEvent(transcript, event);
    assert.equal(transcript.events.length, events.length);
    assert.equal(transcript.last, events.length - 1);
  });

  test('keeps a bounded number of events', () => {
    const transcript = emptyTranscript();
    for (let number = 0; number < 5000; number += 1) applyEvent(transcript, { type: 'x', sequence_number: number });
    assert.ok(transcript.events.length <= 600);
    assert.equal(transcript.events.at(-1)?.sequence_number, 4999);
  });
});

describe('diffLines', () => {
  const show = (before: string, after: string) =>
    diffLines(before, after)?.map(({ kind, text }) => `${{ same: ' ', added: '+', removed: '-' }[kind]}${text}`);

  test('shows changed, added and removed lines in place', () => {
    assert.deepEqual(show('a\nb\nc', 'a\nx\nc\nd'), [' a', '-b', '+x', ' c', '+d']);
    assert.deepEqual(show('a', 'a'), [' a']);
    assert.deepEqual(show('', 'a'), ['-', '+a']);
  });

  test("doesn't compare very long texts", () => assert.equal(diffLines('a\n'.repeat(501), 'a'), undefined));
});

describe('routes', () => {
  test('survive a round trip through the fragment', () => {
    const hash = toHash('runs', 'resp_1/2 é', { tenant: 'a&b', model: '' });
    assert.equal(hash, '#/runs/resp_1%2F2%20%C3%A9?tenant=a%26b');
    assert.deepEqual(parseRoute(hash), { room: 'runs', id: 'resp_1/2 é', query: { tenant: 'a&b' } });
  });

  test('that are unknown or malformed lead to the runs', () => {
    for (const hash of ['', '#', '#/nothing', '#main']) assert.equal(parseRoute(hash).room, 'runs');
    assert.equal(parseRoute('#/load/%E0%A4%A').id, '%E0%A4%A');
  });
});

test('polling slows down after failures and while hidden', () => {
  const delays = [0, 1, 2, 3, 4, 20].map((failures) => toDelay(1000, failures, false));
  assert.deepEqual(delays, [1000, 1000, 2000, 4000, 8000, 15_000]);
  assert.equal(toDelay(1000, 0, true), 15_000);
});

describe('the tree', () => {
  const node = (id: string, parent_id: string | null): Schemas['ResponseTreeNode'] => ({
    ...{ id, parent_id, created_at: 0, model: null, status: 'completed', preview: id, deleted: false },
  });
  const show = (nodes: Schemas['ResponseTreeNode'][]) =>
    toBranches(nodes).map(({ node: { id }, depth, level }) => `${'  '.repeat(depth)}${id} ${level}`);

  test('indents forks only', () => {
    const nodes = [node('a', null), node('b', 'a'), node('c', 'b'), node('d', 'b'), node('e', 'c')];
    assert.deepEqual(show(nodes), ['a 1', 'b 2', '  c 3', '  e 4', '  d 3']);
  });

  test('shows nodes whose parent is missing', () => assert.deepEqual(show([node('b', 'gone')]), ['b 1']));

  test('of a long chain is not limited by the stack', () => {
    const nodes = Array.from({ length: 20_000 }, (_, index) => node(`n${index}`, index === 0 ? null : `n${index - 1}`));
    assert.equal(toBranches(nodes).at(-1)?.level, 20_000);
  });
});

describe('the timeline', () => {
  const run = { created_at: 100, started_at: 101, ended_at: 105 } as Schemas['Run'];
  const call = (started_at: number, ended_at: number | null): Schemas['RunCall'] => ({
    ...{ kind: 'tool', name: 'read', server_label: 'files', agent: null, started_at, ended_at, answered_at: null },
    ...{ input_tokens: null, output_tokens: null, error: null },
  });

  test('begins with the wait for a slot and ends with the run', () => {
    const { bars, seconds } = toBars(run, [call(102, 103), call(103, null)], null);
    assert.deepEqual(
      bars.map(({ name, start, end }) => [name, start, end]),
      [
        ['Waiting for a slot', 0, 1],
        ['files · read', 2, 3],
        ['files · read', 3, 5],
      ],
    );
    assert.equal(seconds, 5);
  });

  test('grows while the run lasts', () => {
    const { bars, seconds } = toBars({ ...run, ended_at: null }, [call(102, null)], 110);
    assert.equal(seconds, 10);
    assert.equal(bars.at(-1)?.end, 10);
  });
});

describe('the plots', () => {
  const point = (at: number, agent: string, requests: number): Schemas['LoadPoint'] => ({
    ...{ at, agent, requests, errors: 0, cancelled: 0, input_tokens: 0, output_tokens: 0, tool_calls: 0 },
    ...{ first_output_p50: requests / 10, first_output_p95: null },
  });
  const load: Schemas['Load'] = {
    ...{ object: 'load', from: 600, to: 840, step_seconds: 60, running: 0, queued: 0 },
    points: [point(600, 'a', 1), point(600, 'b', 2), point(720, 'a', 4)],
    peaks: [{ at: 660, running: 3, queued: 1 }],
  };

  test('have a value for each step', () => {
    assert.deepEqual(toTimes(load), [600, 660, 720, 780]);
    assert.deepEqual(toTotals(load, 'n', ({ requests }) => requests).values, [3, 0, 4, 0]);
    assert.deepEqual(toHighest(load, 'p', ({ first_output_p50: time }) => time).values, [0.2, null, 0.4, null]);
    assert.deepEqual(toPeaks(load, 'r', ({ running }) => running).values, [0, 3, 0, 0]);
    const agents = toAgents(load, ({ requests }) => requests);
    assert.deepEqual(
      agents.map(({ name, values }) => [name, ...values]),
      [
        ['a', 1, 0, 4, 0],
        ['b', 2, 0, 0, 0],
      ],
    );
  });

  test('interrupt the line where values are missing, and show single ones as short strokes', () => {
    assert.equal(toPath([1, null, 2, 0], 2), 'M-2 50h4M400 0L600 100');
    assert.equal(toPath([null], 1), '');
  });

  test('have a round number at the top', () => {
    const tops = [0, 1, 7, 71, 0.043, 1001].map((value) => toTop([{ values: [null, value] }]));
    assert.deepEqual(tops, [1, 1, 8, 80, 0.05, 1500]);
  });
});

test('numbers are short and exact', () => {
  assert.deepEqual([0.0004, 0.84, 12.44, 59.96, 200, 3660, 90_000].map(formatDuration), [
    ...['0 ms', '840 ms', '12.4 s', '1 min', '3 min 20 s', '1 h 1 min', '1 d 1 h'],
  ]);
  assert.deepEqual([-1, 12.9, 61, 7500].map(formatAge), ['0 s', '12 s', '1 min 1 s', '2 h 5 min']);
  assert.deepEqual([12, 65_536, 1_240_000].map(formatSize), ['12 B', '66 KB', '1.2 MB']);
  assert.equal(shortId('resp_8f14e45fceea167a'), 'resp_…ceea167a');
  assert.equal(shortId('chatcmpl-8f14e45fceea167a'), 'chatcmpl-…ceea167a');
  assert.equal(shortId('short'), 'short');
});

test('the page never parses text as markup or code', () => {
  const files = globSync('../../scripts/console/browser/**/*.{ts,tsx}', { cwd: import.meta.dirname });
  assert.ok(files.length > 60);
  const unsafe = files.filter((file) =>
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|javascript:/i.test(
      readFileSync(new URL(file, import.meta.url), 'utf8'),
    ),
  );
  assert.deepEqual(unsafe, []);
});
