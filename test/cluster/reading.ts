import assert from 'node:assert/strict';
import { setTimeout as pause } from 'node:timers/promises';
import { dataOf, open } from '../http/stream-reader.ts';

const pollMs = 20;
/** Longer than any wait takes on a loaded machine. */
const patienceMs = 30_000;

/** A stream that is read as it arrives. */
export interface Reading extends Disposable {
  /** The JSON of the events so far. */
  readonly events: string[];
  readonly id: string;
  readonly status: string | undefined;
  /** Whether it has ended or broken. */
  readonly isOver: boolean;
  /** Resolves once it has so many events, or has ended. */
  until(count: number): Promise<void>;
  /** Resolves once it has ended. Checks that it ended with `[DONE]`. */
  end(): Promise<void>;
}

/** Starts to read a stream. Posts `body`, if there is one. */
export async function startReading(url: string, body?: unknown): Promise<Reading> {
  const incoming = await open(url, body);
  let text = '';
  let isOver = false;
  incoming.setEncoding('utf8');
  incoming.on('data', (chunk) => {
    text += chunk;
  });
  // A broken connection ends the reading. The test decides whether that was expected.
  incoming.on('error', () => {});
  incoming.on('close', () => {
    isOver = true;
  });
  const events = () => dataOf(text.slice(0, text.lastIndexOf('\n\n') + 2)).filter((data) => data !== '[DONE]');
  return {
    get events() {
      return events();
    },
    get id() {
      return JSON.parse(events()[0] ?? '').response.id;
    },
    get status() {
      return JSON.parse(events().at(-1) ?? '{}').response?.status;
    },
    get isOver() {
      return isOver;
    },
    until: (count) => until(() => isOver || events().length >= count),
    async end() {
      await until(() => isOver);
      assert.ok(text.endsWith('data: [DONE]\n\n'), `it ended with ${text.slice(-200)}`);
      const numbers = events().map((event) => JSON.parse(event).sequence_number);
      assert.deepEqual(
        numbers,
        numbers.map((_number, index) => numbers[0] + index),
      );
    },
    [Symbol.dispose]: () => incoming.destroy(),
  };
}

/** Polls until the condition holds, for at most `milliseconds`. */
export async function until(isSo: () => boolean | Promise<boolean>, milliseconds = patienceMs): Promise<void> {
  const end = Date.now() + milliseconds;
  while (!(await isSo())) {
    if (Date.now() > end) assert.fail(`It was not so within ${milliseconds} ms: ${isSo}`);
    await pause(pollMs);
  }
}
