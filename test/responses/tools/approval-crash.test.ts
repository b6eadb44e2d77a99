import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readLedger, type ToolRecord } from '../../crash/tools/tool-record.ts';
import { spawnTalaria, type TestProcess } from '../../helpers/spawn-talaria.ts';
import { lastingStores } from '../../helpers/store-urls.ts';
import { post } from '../../helpers/talaria.ts';
import { waitUntil } from '../../helpers/wait-until.ts';
import { writeConfig } from '../../helpers/write-config.ts';
import { createTestSchema, type TestSchema } from '../../store/postgres/test-database.ts';
import { withTestServer } from '../../store/postgres/test-server.ts';
import { readTexts } from '../resumable-server.ts';

type Item = Record<string, unknown> & { type: string; id: string };
type Body = { id: string; status: string; output: Item[]; error: { code: string } | null };

const program = fileURLToPath(new URL('../../crash/tools/ledger-server.ts', import.meta.url));
const tools = [{ type: 'mcp', server_label: 'ledger', require_approval: 'always' }];
const model = 'offline';
const token = 'only';
/** Asks for the guarded tool, which records its call after so many milliseconds and ends after as many again. */
const toScript = (ms: number) => `/call ledger__guarded ${JSON.stringify({ token, ms })}\n/then\n/say Done.`;

interface Scene extends Disposable {
  start(settings?: Record<string, string>): Promise<TestProcess>;
  /** The executions of the tool. */
  runs(): ToolRecord[];
}

/** A store and a tool that servers share, one after another. */
function openScene(storeUrl: string): Scene {
  const folder = mkdtempSync(join(tmpdir(), 'talaria-approval-'));
  const file = join(folder, 'ledger');
  const config = writeConfig(
    JSON.stringify({ mcp_servers: { ledger: { command: process.execPath, args: [program, file] } } }),
  );
  const all = { STORE_URL: storeUrl, RUN_LEASE_MS: '1000', TALARIA_CONFIG: config.path, LOG_LEVEL: 'silent' };
  return {
    start: (settings = {}) => spawnTalaria({ ...all, ...settings }),
    runs: () => readLedger(file).get(token) ?? [],
    [Symbol.dispose]: () => {
      config[Symbol.dispose]();
      rmSync(folder, { recursive: true });
    },
  };
}

async function send({ url }: TestProcess, body: object, key?: string): Promise<Body & { httpStatus: number }> {
  const headers: Record<string, string> = key === undefined ? {} : { 'idempotency-key': key };
  const reply = await post(`${url}/v1/responses`, { model, tools, ...body }, headers);
  return { ...((await reply.json()) as Body), httpStatus: reply.status };
}

/** Reads a response to its end. */
async function settle({ url }: TestProcess, id: string): Promise<Body> {
  const last = (await readTexts(url, id)).at(-1) ?? '';
  return JSON.parse(last).response;
}

const requestsOf = ({ output }: Body): Item[] => output.filter(({ type }) => type === 'mcp_approval_request');
const callOf = ({ output }: Body): Item | undefined => output.find(({ type }) => type === 'mcp_call');

/** Returns a request that approves the call of a response. */
function toApproval(asked: Body) {
  const [request, ...others] = requestsOf(asked);
  assert.ok(request && others.length === 0);
  const input = [{ type: 'mcp_approval_response', approval_request_id: request.id, approve: true }];
  return { request, body: { previous_response_id: asked.id, input } };
}

describe('an approved call whose server is killed', () => {
  for (const kind of lastingStores) {
    it(`runs once if the run had not started, with ${kind.name}`, async () => {
      await using store = await kind.open();
      using scene = openScene(store.url);
      await using first = await scene.start({ MAX_RUNS: '1' });
      const { request, body } = toApproval(await send(first, { input: toScript(1) }));
      const blocking = await send(first, { input: '/tokens 10000 delay 30ms', background: true });
      const queued = await send(first, { ...body, background: true });
      assert.equal(queued.status, 'queued');
      await first.kill('SIGKILL');
      assert.deepEqual(scene.runs(), []);

      await using second = await scene.start();
      const ended = await settle(second, queued.id);
      assert.equal(ended.status, 'completed');
      const call = callOf(ended);
      assert.deepEqual([call?.['status'], call?.['approval_request_id']], ['completed', request.id]);
      assert.equal(scene.runs().length, 1);
      await second.openai.responses.cancel(blocking.id);
    });

    it(`does not run again if it had started, with ${kind.name}`, async () => {
      await using store = await kind.open();
      using scene = openScene(store.url);
      await using first = await scene.start();
      const { body } = toApproval(await send(first, { input: toScript(1500) }));
      const running = await send(first, { ...body, background: true });
      await waitUntil(() => scene.runs().length > 0, 'the call');
      await first.kill('SIGKILL');

      await using second = await scene.start();
      const ended = await settle(second, running.id);
      assert.equal(ended.status, 'completed');
      const call = callOf(ended);
      assert.equal(call?.['status'], 'failed');
      assert.match(String(call['error']), /interrupted/);
      const again = await send(second, body);
      assert.deepEqual([again.httpStatus, again.error?.code], [409, 'approval_conflict']);
      assert.equal(scene.runs().length, 1);
    });
  }
});

await withTestServer((server) => {
  describe('an approval whose server is killed', () => {
    it('is asked for once, under its id, if it was about to be stored', async () => {
      await using schema = await createTestSchema(server);
      using scene = openScene(schema.url);
      await using first = await scene.start();
      await lock(schema, 'approvals');
      const asking = await send(first, { input: toScript(1), background: true });
      await waitUntil(() => isBlocked(schema, 'INSERT INTO approvals'), 'the approval');
      await killBlocked(schema, first);

      await using second = await scene.start();
      const asked = await settle(second, asking.id);
      assert.equal(asked.status, 'completed');
      const answered = await send(second, toApproval(asked).body);
      assert.equal(callOf(answered)?.['status'], 'completed');
      assert.equal(scene.runs().length, 1);
    });

    it('is not used up by a keyed request whose run had not begun', async () => {
      await using schema = await createTestSchema(server);
      using scene = openScene(schema.url);
      await using first = await scene.start();
      const { body } = toApproval(await send(first, { input: toScript(1) }));
      await lock(schema, 'runs');
      const lost = assert.rejects(send(first, body, 'the-same'));
      await waitUntil(() => isBlocked(schema, 'begin_run'), 'the run');
      await killBlocked(schema, first);
      await lost;

      await using second = await scene.start();
      const answered = await send(second, body, 'the-same');
      assert.equal(answered.httpStatus, 200, JSON.stringify(answered));
      assert.equal(callOf(answered)?.['status'], 'completed');
      assert.equal(scene.runs().length, 1);
    });
  });
});

/** Lets other transactions read a table and not write it. */
async function lock(schema: TestSchema, table: string): Promise<void> {
  await schema.query('BEGIN');
  await schema.query(`LOCK TABLE ${table} IN EXCLUSIVE MODE`);
}

const others = 'FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND application_name = current_schema';

/** Whether a statement of a server waits for the lock. */
async function isBlocked(schema: TestSchema, statement: string): Promise<boolean> {
  // The transaction of the lock would otherwise read the same activity again.
  await schema.query('SELECT pg_stat_clear_snapshot()');
  const condition = "wait_event_type = 'Lock' AND position($1 IN query) > 0";
  const found = await schema.query(`SELECT 1 ${others} AND ${condition}`, [statement]);
  return found.length > 0;
}

/** Kills a server with its blocked statements, and releases the lock. */
async function killBlocked(schema: TestSchema, blocked: TestProcess): Promise<void> {
  await blocked.kill('SIGKILL');
  await schema.query(`SELECT pg_terminate_backend(pid) ${others}`);
  await schema.query('COMMIT');
}
