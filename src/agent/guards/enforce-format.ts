import { setImmediate } from 'node:timers/promises';
import { limits } from '../../config/limits.ts';
import { ApiError } from '../../errors/api-error.ts';
import { MappedFlow } from '../../flow/mapped-flow.ts';
import { inSlices } from '../../in-slices.ts';
import type { SchemaChecker } from '../../schemas/schema-checker.ts';
import type {
  AgentClient,
  AgentEvent,
  AgentEventBatch,
  AgentMessage,
  AgentOutputFormat,
  AgentRequest,
  AgentUsage,
} from '../agent-client.ts';
import { describeFormat } from '../describe-format.ts';
import { addUsage } from '../usage/add-usage.ts';
import { stripFence } from './strip-fence.ts';

type Options = Parameters<AgentClient['run']>[1];

/**
 * Wraps an agent so that its answers have the requested output format. The agent is asked once to correct an answer
 * with another format; if the second answer does not fit either, the run fails. A `watched` run fails at once, because
 * its first answer has already been sent. A Markdown fence around the answer is removed. Calls, refusals and answers
 * that were cut short are not checked.
 */
export function enforceFormat(agent: AgentClient, checker: SchemaChecker): AgentClient {
  return {
    models: (options) => agent.models(options),
    async run(request, options) {
      if (!request.format) return agent.run(request, options);
      const format = new CheckedFormat(request.format, checker);
      await format.prepare();
      const batches = stripFence(await agent.run(request, options));
      return request.watched
        ? new CheckedAnswer(format, batches)
        : retryOnMismatch(agent, request, { ...options, format, batches });
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

/** Passes an answer on. Its end fails if it does not fit the format. */
class CheckedAnswer extends MappedFlow<AgentEventBatch, AgentEventBatch> {
  readonly #format: CheckedFormat;
  readonly #answer = new Answer();

  constructor(format: CheckedFormat, batches: AsyncIterable<AgentEventBatch>) {
    super(batches);
    this.#format = format;
  }

  protected override map(batch: AgentEventBatch): AgentEventBatch | Promise<AgentEventBatch> {
    this.#answer.add(batch);
    return batch.at(-1)?.type === 'run-end' ? this.#check(batch) : batch;
  }

  async #check(batch: AgentEventBatch): Promise<AgentEventBatch> {
    const complaint = await this.#format.complain(this.#answer);
    if (complaint) throw mismatch(complaint);
    return batch;
  }
}

async function* retryOnMismatch(
  agent: AgentClient,
  request: AgentRequest,
  {
    format,
    batches,
    signal,
    budget,
    exchange,
  }: Options & { format: CheckedFormat; batches: AsyncIterable<AgentEventBatch> },
): AsyncGenerator<AgentEventBatch> {
  const first = await Answer.collect(batches);
  const complaint = await format.complain(first);
  if (!complaint) return yield* release(first.events);
  const repair = await agent.run(withComplaint(request, first.text, complaint), { signal, budget, exchange });
  const second = await Answer.collect(stripFence(repair));
  const again = await format.complain(second);
  if (again) throw mismatch(again);
  yield* release(second.eventsWithUsage(first.usage));
}

/** Yields a buffered answer in slices, with a turn of the event loop after each, so that other requests proceed. */
async function* release(events: readonly AgentEvent[]): AsyncGenerator<AgentEventBatch> {
  for (const slice of inSlices(events, limits.logAppendEvents)) {
    yield slice;
    if (slice.length === limits.logAppendEvents) await setImmediate();
  }
}

/** Checks answers against an output format. */
class CheckedFormat {
  readonly #format: AgentOutputFormat;
  readonly #checker: SchemaChecker;

  constructor(format: AgentOutputFormat, checker: SchemaChecker) {
    this.#format = format;
    this.#checker = checker;
  }

  /** Rejects with an ApiError when answers cannot be checked against the format, before the run starts. */
  async prepare(): Promise<void> {
    if (this.#format.type === 'json_schema') await this.#checker.prepare(this.#format.schema);
  }

  /** Returns a description of the mismatch for the model and the client, or `undefined` when the answer fits. */
  async complain(answer: Answer): Promise<string | undefined> {
    if (!answer.isCheckable) return undefined;
    return this.#checker.complain(this.#format.type === 'json_schema' ? this.#format.schema : undefined, answer.text);
  }
}

/** Collects the answer of one run. */
class Answer {
  readonly events: AgentEvent[] = [];
  text = '';
  usage: AgentUsage | undefined;
  #isCheckable = true;

  static async collect(batches: AsyncIterable<AgentEventBatch>): Promise<Answer> {
    const answer = new Answer();
    for await (const batch of batches) {
      answer.add(batch);
      answer.events.push(...batch);
    }
    return answer;
  }

  add(batch: AgentEventBatch): void {
    for (const event of batch) {
      if (event.type === 'text-delta') this.text += event.text;
      else if (event.type === 'usage') this.usage = event.usage;
      else if (event.type === 'refusal-start' || event.type === 'refusal-delta') this.#isCheckable = false;
      else if (event.type === 'tool-call-start' && !event.agentRuns) this.#isCheckable = false;
      else if (event.type === 'run-end' && event.reason !== 'stop') this.#isCheckable = false;
    }
  }

  /** Whether the format applies: the run produced no call and no refusal, and was not cut short. */
  get isCheckable(): boolean {
    return this.#isCheckable;
  }

  /** Returns the events with the usage of both runs, because both are billed. */
  eventsWithUsage(first: AgentUsage | undefined): AgentEvent[] {
    return this.events.map((event) =>
      event.type === 'usage' && first ? { type: 'usage', usage: addUsage(event.usage, first) } : event,
    );
  }
}

/** Agents that ignore the requested format learn it here, in the words of `describeFormat`. */
function withComplaint(request: AgentRequest, answer: string, complaint: string): AgentRequest {
  const rejected: AgentMessage = { role: 'assistant', content: [{ type: 'text', text: answer }], toolCalls: [] };
  const format = request.format ? describeFormat(request.format) : '';
  const text = `Your answer does not have the required format: ${complaint}. Answer again, corrected. ${format}`;
  return { ...request, messages: [...request.messages, rejected, { role: 'user', content: [{ type: 'text', text }] }] };
}

function mismatch(complaint: string): ApiError {
  return new ApiError('upstream_error', `The agent's answer does not have the requested format: ${complaint}.`);
}
