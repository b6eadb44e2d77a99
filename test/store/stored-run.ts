import { createResponseId } from '../../src/ids.ts';
import type { LogPage, NewRun, RunId } from '../../src/store/run-store.ts';
import type { Store } from '../../src/store/store.ts';
import { createStoredResponse, tenant } from './stored-response.ts';

export const owner = 'server-a';

/** More events than any log in the tests. */
const whole = { after: -1, limit: 1000 };

/** Creates a run without events. */
export function createRun(fields: Partial<NewRun> = {}): NewRun {
  return { tenant, id: createResponseId(), owner, request: '{"model":"model-a"}', events: [], ...fields };
}

/** Begins a run without a response. */
export async function beginRun(store: Store, fields: Partial<NewRun> = {}): Promise<NewRun> {
  const run = createRun(fields);
  await store.runs.begin(run);
  return run;
}

/** Begins a run with an in-progress response. */
export async function beginResponse(store: Store, fields: Parameters<typeof createStoredResponse>[0] = {}) {
  const response = createStoredResponse({ output: [], ...fields });
  const run = createRun({ id: response.id, tenant: response.tenant, events: ['"first"'] });
  await store.runs.begin(run, response);
  return { response, run };
}

export const readLog = (store: Store, id: RunId, of = tenant): Promise<LogPage | undefined> =>
  store.runs.read(of, id, whole);
