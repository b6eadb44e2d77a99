import assert from 'node:assert/strict';
import type { Scheduler } from 'fast-check';
import type { AgentClient, AgentEvent, AgentMessage, AgentRequest } from '../../../src/agent/agent-client.ts';
import type { JournalStep, PlannedCall } from '../../../src/agent/loop/journal-step.ts';
import type { AnsweredApproval, RequestedServer, ServerTool } from '../../../src/agent/loop/loop-request.ts';
import type { ToolServers } from '../../../src/agent/loop/tool-session.ts';
import { withLoop } from '../../../src/agent/loop/with-loop.ts';
import { createOfflineAgent } from '../../../src/agent/offline/offline-agent.ts';
import { ApiError } from '../../../src/errors/api-error.ts';
import { createResponseId, type ResponseId } from '../../../src/ids.ts';
import { createRunApprovals } from '../../../src/runs/approvals.ts';
import type { Store } from '../../../src/store/store.ts';

const tenant = 'tenant-a';
const owner = 'server-a';

/** `read` is idempotent, `write` is not, `delete` is not and needs approval. */
export type ToolName = 'read' | 'write' | 'delete';

export interface CallPlan {
  tool: ToolName;
  fails: boolean;
}

/** What happens in a case: the replies of the model, the kills of the server, and input of the user. */
export interface Plan {
  replies: CallPlan[][];
  isParallel: boolean;
  /** For each execution, after how many turns of the scheduler it is killed. */
  kills: number[];
  /** Approvals in the order in which they are asked for: whether they are given. */
  answers: boolean[];
  /** After how many checks the user has sent input; `undefined`: never. */
  steerAfter: number | undefined;
}

/** What a run has committed. */
export interface CommittedRun {
  id: ResponseId;
  events: AgentEvent[];
  steps: JournalStep[];
  /** The ends that were committed. */
  ends: Extract<AgentEvent, { type: 'run-end' }>[];
  failure?: ApiError;
}

const tools: ServerTool[] = [
  { name: 'read', inputSchema: { type: 'object' }, annotations: { readOnlyHint: true } },
  { name: 'write', inputSchema: { type: 'object' } },
  { name: 'delete', inputSchema: { type: 'object' } },
];

const server: RequestedServer = { label: 'files', approval: { always: { names: ['delete'] }, never: {} } };

/** Events that are no events of the log: the end of the run is stored with its terminal event. */
const unlogged: ReadonlySet<AgentEvent['type']> = new Set(['step', 'usage', 'agent-state', 'run-end']);

/** One case: a model, an MCP server and a store that outlive the executions of the runs. */
export class World {
  readonly runs: CommittedRun[] = [];
  /** The numbers of the calls that reached the server, with their tools, in order. */
  readonly reached: { number: number; tool: string; run: ResponseId }[] = [];
  readonly #plan: Plan;
  readonly #store: Store;
  readonly #scheduler: Scheduler;
  readonly #agent: AgentClient;
  readonly #kills: number[];
  readonly #answers: boolean[];
  #checks = 0;

  constructor(plan: Plan, store: Store, scheduler: Scheduler) {
    this.#plan = plan;
    this.#store = store;
    this.#scheduler = scheduler;
    this.#kills = [...plan.kills];
    this.#answers = [...plan.answers];
    const servers: ToolServers = { ofAgent: [], hosted: new Map(), open: () => this.#openSession() };
    const log = { warn: () => undefined };
    const bounds = { maxIterations: 90, answerBytes: 1_000_000, progressMs: 0 };
    this.#agent = withLoop(createOfflineAgent(), { name: 'main', servers, log, ...bounds });
  }

  /** Runs a turn, and further ones while approvals wait. Two runs try to use the answers of each that approves a call. */
  async live(): Promise<void> {
    let messages: AgentMessage[] = [{ role: 'user', content: [{ type: 'text', text: toScript(this.#plan) }] }];
    let approvals: AnsweredApproval[] = [];
    for (;;) {
      const rivals = approvals.some(({ approve }) => approve) ? 2 : 1;
      const runs = await Promise.all(
        Array.from({ length: rivals }, () => this.#run(this.#toRequest(messages, approvals))),
      );
      const [run, ...others] = runs.filter(({ failure }) => !failure);
      assert.ok(run && others.length === 0, 'one of the runs uses the answers');
      for (const { failure } of runs) if (failure) assert.equal(failure.code, 'approval_conflict');
      const asked = toAsked(run);
      if (asked.length === 0) return;
      messages = [...fill(messages, run), ...toHistory(run)];
      approvals = asked.map((call) => this.#answer(call));
    }
  }

  #answer({ approvalId: id = '', server: label, tool, arguments: text }: PlannedCall): AnsweredApproval {
    const approve = this.#answers.shift() ?? true;
    return { id, server: label, tool, arguments: text, approve, ...(approve ? {} : { reason: 'no' }) };
  }

  #toRequest(messages: AgentMessage[], approvals: AnsweredApproval[]): AgentRequest {
    return {
      messages,
      tools: [],
      toolChoice: 'auto',
      parallelToolCalls: this.#plan.isParallel,
      settings: {},
      sessionId: 'session',
      watched: true,
      loop: { servers: [server], hosted: [], approvals, showsItems: true },
    };
  }

  /** Executes a run until it ends: an execution that is killed is followed by another. */
  async #run(request: AgentRequest): Promise<CommittedRun> {
    const run: CommittedRun = { id: createResponseId(), events: [], steps: [], ends: [] };
    this.runs.push(run);
    await this.#store.runs.begin({ tenant, id: run.id, owner, request: '{}', events: [] });
    while (!(await this.#execute(request, run)));
    return run;
  }

  /** Resolves with whether the run has ended. */
  async #execute(request: AgentRequest, run: CommittedRun): Promise<boolean> {
    const stored = await this.#store.runs.steps(tenant, run.id);
    assert.equal(stored.length, run.steps.length);
    const journal = stored.map(({ body }): JournalStep => JSON.parse(body));
    const abort = new AbortController();
    const dead = this.#die();
    const execution = this.#drive(request, { run, journal, signal: abort.signal });
    execution.catch(() => undefined);
    try {
      return (await Promise.race([execution, dead])) ?? false;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      run.failure = error;
      return true;
    } finally {
      abort.abort();
    }
  }

  /** Resolves when the server is killed. */
  async #die(): Promise<undefined> {
    const turns = this.#kills.shift();
    if (turns === undefined) return new Promise(() => undefined);
    for (let turn = 0; turn < turns; turn++) await this.#scheduler.schedule(Promise.resolve(), 'life');
    return undefined;
  }

  async #drive(
    request: AgentRequest,
    { run, journal, signal }: { run: CommittedRun; journal: JournalStep[]; signal: AbortSignal },
  ): Promise<boolean> {
    const approvals = createRunApprovals({
      store: this.#store.approvals,
      tenant,
      runId: run.id,
      servers: [],
      seconds: 60,
    });
    const isSteered = () => this.#plan.steerAfter !== undefined && this.#checks++ >= this.#plan.steerAfter;
    const batches = await this.#agent.run(request, { signal, loop: { journal, approvals, isSteered } });
    let end: AgentEvent | undefined;
    for await (const batch of batches) {
      end = batch.findLast(({ type }) => type === 'run-end') ?? end;
      await this.#scheduler.schedule(Promise.resolve(), 'before commit');
      if (signal.aborted) return false;
      await this.#commit(run, batch);
      await this.#scheduler.schedule(Promise.resolve(), 'after commit');
      if (signal.aborted) return false;
    }
    await this.#scheduler.schedule(Promise.resolve(), 'before end');
    if (signal.aborted) return false;
    assert.equal(await this.#store.runs.end({ tenant, id: run.id, owner }, []), true);
    if (end?.type === 'run-end') run.ends.push(end);
    return true;
  }

  async #commit(run: CommittedRun, batch: readonly AgentEvent[]): Promise<void> {
    const events = batch.filter(({ type }) => !unlogged.has(type));
    const steps = batch.flatMap((event) => (event.type === 'step' ? [event.step] : []));
    const texts = (values: readonly object[]) => values.map((value) => JSON.stringify(value));
    const isWritten = this.#store.runs.append({ tenant, id: run.id, owner }, texts(events), texts(steps));
    run.events.push(...events);
    run.steps.push(...steps);
    assert.equal(await isWritten, true);
  }

  #openSession() {
    const scheduler = this.#scheduler;
    return {
      list: () => scheduler.schedule(Promise.resolve(tools), 'list'),
      rerunRule: () => 'safe' as const,
      call: async (
        _server: RequestedServer,
        tool: string,
        args: Record<string, unknown>,
        { signal, onProgress }: Parameters<ReturnType<ToolServers['open']>['call']>[3],
      ) => {
        const number = Number(args['number']);
        this.#reach(number, tool);
        onProgress({ progress: 1 });
        await scheduler.schedule(Promise.resolve(), `call ${number}`);
        signal.throwIfAborted();
        const isError = args['fails'] === true;
        return { content: [{ type: 'text' as const, text: `result ${number}` }], isError };
      },
      async [Symbol.asyncDispose]() {},
    };
  }

  #reach(number: number, tool: string): void {
    const run = this.runs.find(({ steps }) => steps.some((step) => isStartOf(step, number, steps)));
    assert.ok(run, `call ${number} began before its start was committed`);
    const { callId } = findCall(run.steps, number) ?? {};
    const isFinished = run.steps.some((step) => step.type === 'tool-finished' && step.callId === callId);
    assert.ok(!isFinished, `call ${number} ran again after it had finished`);
    this.reached.push({ number, tool, run: run.id });
  }
}

/** Returns the calls of a run's journal: those of its replies, and those that were approved. */
export const toCalls = (steps: readonly JournalStep[]): PlannedCall[] =>
  steps.flatMap((step) => {
    if (step.type === 'reply-finished') return step.calls.filter(({ approvalId }) => approvalId === undefined);
    return step.type === 'approval-answered' && step.call ? [step.call] : [];
  });

export const toNumber = ({ arguments: text }: PlannedCall): number => JSON.parse(text).number;

const findCall = (steps: readonly JournalStep[], number: number): PlannedCall | undefined =>
  toCalls(steps).find((call) => toNumber(call) === number);

const isStartOf = (step: JournalStep, number: number, steps: readonly JournalStep[]): boolean =>
  step.type === 'tool-started' && step.callId === findCall(steps, number)?.callId;

/** Returns the script of the model: one part for each reply, then the answer. Each call has a number of its own. */
function toScript({ replies }: Plan): string {
  let number = 0;
  const parts = replies.map((calls, index) => [
    `/say part ${index}`,
    ...calls.map(({ tool, fails }) => `/call files__${tool} ${JSON.stringify({ number: number++, fails })}`),
  ]);
  return [...parts, ['/say the answer']].map((lines) => lines.join('\n')).join('\n/then\n');
}

/** Returns the calls of a run that wait for approval. */
export const toAsked = ({ steps }: CommittedRun): PlannedCall[] =>
  steps.flatMap((step) =>
    step.type === 'reply-finished' ? step.calls.filter(({ approvalId }) => approvalId !== undefined) : [],
  );

/** Returns the messages of the replies of a run, as the next turn has them. */
function toHistory({ steps }: CommittedRun): AgentMessage[] {
  return steps.flatMap((step): AgentMessage[] => {
    if (step.type !== 'reply-finished') return [];
    const ids = new Map(step.calls.map(({ callId, approvalId = callId }) => [callId, approvalId]));
    const toolCalls = step.message.toolCalls.map((call) => ({ ...call, callId: ids.get(call.callId) ?? call.callId }));
    return [{ ...step.message, toolCalls }, ...[...ids].map(([own, id]) => toResult(id, findResult(steps, own)))];
  });
}

/** Fills the results of the approvals that a run honoured. */
const fill = (messages: readonly AgentMessage[], { steps }: CommittedRun): AgentMessage[] =>
  messages.map((message) => {
    if (message.role !== 'tool' || message.content.length > 0) return message;
    return toResult(message.callId, findResult(steps, message.callId) ?? [{ type: 'text', text: 'denied' }]);
  });

const toResult = (callId: string, content: Extract<AgentMessage, { role: 'tool' }>['content'] = []): AgentMessage => ({
  role: 'tool',
  callId,
  content,
});

function findResult(steps: readonly JournalStep[], callId: string) {
  const found = steps.find((step) => step.type === 'tool-finished' && step.callId === callId);
  return found?.type === 'tool-finished' ? [...found.content] : undefined;
}
