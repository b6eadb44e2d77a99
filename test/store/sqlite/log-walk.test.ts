import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { inspect } from 'node:util';
import { limits } from '../../../src/config/limits.ts';
import { createResponseId, type ResponseId } from '../../../src/ids.ts';
import { createMemoryStore } from '../../../src/store/memory/memory-store.ts';
import type { OwnedRun } from '../../../src/store/run-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { createRandom } from '../../helpers/random.ts';
import { createStoredResponse, tenant } from '../stored-response.ts';
import { createRun, readLog } from '../stored-run.ts';
import { createTestFile, openTestDatabase, type TestDatabase } from './test-database.ts';

const steps = 250;
const owners = ['server-a', 'server-b'] as const;

/** A call and its result, or the name of its error. */
type Call = (store: Store) => Promise<unknown>;
const outcome = (call: Call, store: Store) => call(store).catch((reason: Error) => reason.name);

/** Shortens large events, so that differences are readable. */
const toText = (results: unknown[]) =>
  inspect(results, { depth: null, maxArrayLength: null, maxStringLength: null, sorted: true }).replaceAll(
    /x{3,}/g,
    'x',
  );

/**
 * Makes random calls to the model, a store in memory, and to one of two handles on a file, and compares the results.
 */
class Walk {
  readonly #file: string;
  readonly #random: (below: number) => number;
  readonly #model = createMemoryStore({ maxResponses: 1000 });
  readonly #handles: [TestDatabase, TestDatabase];
  readonly #ids: ResponseId[] = [];
  #events = 0;

  constructor(file: string, random: (below: number) => number) {
    this.#file = file;
    this.#random = random;
    this.#handles = [openTestDatabase({ file }), openTestDatabase({ file })];
  }

  async step(): Promise<void> {
    const choice = this.#random(16);
    if (choice === 0) await this.#reopen();
    else if (choice === 1) await this.#compare(this.#takeOrphans());
    else if (choice === 2) await this.#compare(this.#delete());
    else if (choice < 6) await this.#compare(this.#begin());
    else await this.#compare(...(await this.#writes()));
    await this.#compareLog(this.#id());
  }

  /** Ends the runs. No window is left. */
  async end(): Promise<void> {
    for (const id of this.#ids) {
      await this.#compareLog(id);
      for (const owner of owners) await this.#compare((store) => store.runs.end({ tenant, id, owner }, ['"last"']));
      await this.#compareLog(id);
    }
    const [one, two] = this.#handles;
    for (const { store } of [one, two]) await store.reap({ now: 0, logsBefore: 0, limit: 1 });
    assert.equal(one.database.prepare('SELECT count(*) FROM run_windows').pluck().get(), 0);
    one.storedCount();
    for (const handle of this.#handles) await handle[Symbol.asyncDispose]();
  }

  async #compare(...calls: Call[]): Promise<void> {
    const { store } = this.#handle();
    const results = await Promise.all(calls.map((call) => outcome(call, store)));
    const expected = await Promise.all(calls.map((call) => outcome(call, this.#model)));
    assert.equal(toText(results), toText(expected));
  }

  async #compareLog(id: ResponseId): Promise<void> {
    await this.#compare((store) => readLog(store, id));
    await this.#compare((store) => store.runs.steps(tenant, id));
    const page = { after: this.#random(100) - 1, limit: 1 + this.#random(30) };
    await this.#compare((store) => store.runs.read(tenant, id, page));
  }

  /** Closes a handle without ending its runs, as a crash would, and opens another. */
  async #reopen(): Promise<void> {
    const index = this.#random(2);
    await this.#handles[index]?.[Symbol.asyncDispose]();
    this.#handles[index] = openTestDatabase({ file: this.#file });
  }

  #begin(): Call {
    const id = createResponseId();
    this.#ids.push(id);
    const run = createRun({ id, owner: this.#owner(), events: this.#texts() });
    const response = this.#random(2) === 0 ? createStoredResponse({ id, output: [] }) : undefined;
    return (store) => store.runs.begin(run, response);
  }

  #takeOrphans(): Call {
    const [owner, limit] = [this.#owner(), 1 + this.#random(3)];
    return (store) => store.runs.takeOrphans(owner, limit, []);
  }

  #delete(): Call {
    const id = this.#id();
    return (store) => store.responses.delete(tenant, id);
  }

  /** Returns writes that share a commit. */
  async #writes(): Promise<Call[]> {
    const calls: Call[] = [];
    for (let count = this.#random(4); count >= 0; count--) calls.push(await this.#write());
    return calls;
  }

  /** An append, with or without steps, a repeated one, one after a gap, or an end. */
  async #write(): Promise<Call> {
    const run = { tenant, id: this.#id(), owner: this.#owner() };
    const texts = this.#texts();
    switch (this.#random(12)) {
      case 0:
        return (store) => store.runs.end(run, texts);
      case 1:
        return (store) => store.runs.append(run, texts, [`"step ${this.#events}"`]);
      case 2:
        return this.#repeatLast(run, texts);
      case 3:
        return (store) => store.runs.append({ ...run, next: 100_000 }, ['"after a gap"']);
      default:
        return (store) => store.runs.append(run, texts);
    }
  }

  /** Appends the last events of the log again, with new ones. */
  async #repeatLast(run: OwnedRun, texts: string[]): Promise<Call> {
    const { events = [] } = (await readLog(this.#model, run.id)) ?? {};
    const next = Math.max(0, events.length - 3);
    return (store) => store.runs.append({ ...run, next }, [...events.slice(next), ...texts]);
  }

  #texts(): string[] {
    const count = this.#random(10) === 0 ? 40 : this.#random(4);
    const text = this.#random(20) === 0 ? 'x'.repeat(limits.logRowBytes / 2) : 'event';
    return Array.from({ length: count }, () => `"${text} ${this.#events++}"`);
  }

  #handle(): TestDatabase {
    return this.#handles[this.#random(2) === 0 ? 0 : 1];
  }

  #owner(): string {
    return owners[this.#random(5) === 0 ? 1 : 0];
  }

  #id(): ResponseId {
    return this.#ids.at(-1 - this.#random(Math.min(this.#ids.length, 6))) ?? createResponseId();
  }
}

describe('random calls on the logs of a file with two handles', () => {
  for (const seed of [1, 2, 3, 4]) {
    it(`have the results of the model over ${steps} steps (seed ${seed})`, async () => {
      using created = createTestFile();
      const walk = new Walk(created.file, createRandom(seed));
      for (let step = 0; step < steps; step++) await walk.step();
      await walk.end();
    });
  }
});
