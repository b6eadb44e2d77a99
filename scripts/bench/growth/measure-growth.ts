import { randomBytes } from 'node:crypto';
import { createResponseId, type ResponseId } from '../../../src/ids.ts';
import type { StoredResponse } from '../../../src/store/response-store.ts';
import type { Store } from '../../../src/store/store.ts';
import { toSpread } from '../statistics.ts';
import type { GrowthBackend, GrowthPlace } from './growth-place.ts';

/** The cost of one turn at one depth. */
export interface Growth {
  backend: string;
  depth: number;
  /** Bytes per turn of chains of this depth. */
  bytesPerTurn: number;
  /** Bytes per turn of forks of one such chain. */
  bytesPerFork: number;
  /** Milliseconds to store one turn that continues such a chain, median. */
  writeMs: number;
  /** Milliseconds to read its history, median. */
  readMs: number;
  /** Statements of that read, and how many of them walk the chain; `undefined` for a store without SQL. */
  statements?: { all: number; walks: number };
}

export interface GrowthOptions {
  depths: readonly number[];
  /** Turns at each depth, spread over as many chains as needed. */
  turns: number;
  /** Timed calls. */
  samples: number;
}

const tenant = 'bench';
/** A question and an answer, one paragraph each. */
const textBytes = 450;

/** Measures each depth in a store of its own. */
export async function measureGrowth(backend: GrowthBackend, options: GrowthOptions): Promise<Growth[]> {
  const rows: Growth[] = [];
  for (const depth of options.depths) {
    await using place = await backend.open();
    rows.push({ backend: backend.name, depth, ...(await measureDepth(place, depth, options)) });
  }
  return rows;
}

async function measureDepth(place: GrowthPlace, depth: number, { turns, samples }: GrowthOptions) {
  const { store } = place;
  let leaf: ResponseId | undefined;
  const chains = Math.round(turns / depth);
  const bytesPerTurn = await costOf(place, chains * depth, async () => {
    for (let chain = 0; chain < chains; chain++) leaf = await putChain(store, depth);
  });
  const bytesPerFork = await costOf(place, turns, async () => {
    for (let fork = 0; fork < turns; fork++) await store.responses.put(createTurn(leaf));
  });
  const read = (from: Store) => from.responses.history(tenant, leaf ?? createResponseId());
  const readMs = await timeOf(samples, () => read(store));
  const writeMs = await timeOf(samples, () => store.responses.put(createTurn(leaf)));
  const statements = await place.statementsOf(read);
  if ((await read(store))?.turns.length !== depth)
    throw new Error(`A chain of ${depth} turns was not read completely.`);
  return { bytesPerTurn, bytesPerFork, readMs, writeMs, ...(statements && { statements: count(statements) }) };
}

const count = (statements: string[]) => ({
  all: statements.length,
  walks: statements.filter((text) => /\bRECURSIVE\b/i.test(text)).length,
});

async function costOf({ usedBytes }: GrowthPlace, turns: number, put: () => Promise<void>): Promise<number> {
  const before = await usedBytes();
  await put();
  return ((await usedBytes()) - before) / turns;
}

async function timeOf(samples: number, call: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let sample = 0; sample < samples; sample++) {
    const started = performance.now();
    await call();
    times.push(performance.now() - started);
  }
  return toSpread(times).median;
}

async function putChain(store: Store, depth: number): Promise<ResponseId | undefined> {
  let last: ResponseId | undefined;
  for (let turn = 0; turn < depth; turn++) {
    const response = createTurn(last);
    await store.responses.put(response);
    last = response.id;
  }
  return last;
}

/** Every text is unique: a store that deduplicated texts would otherwise look better than it is. */
function createTurn(parentId: ResponseId | undefined): StoredResponse {
  const id = createResponseId();
  const createText = () => randomBytes(textBytes).toString('base64');
  const toItem = (side: string, role: string, type: string) => ({
    ...{ id: `msg_${side}_${id}`, type: 'message', role, status: 'completed' },
    content: [{ type, text: createText() }],
  });
  return {
    ...{ id, tenant, parentId, conversationId: undefined, sessionId: 'sess_bench', createdAt: 1_700_000_000 },
    input: [toItem('in', 'user', 'input_text')],
    output: [toItem('out', 'assistant', 'output_text')],
    resource: { id, object: 'response', status: 'completed', model: 'bench', instructions: null },
  };
}
