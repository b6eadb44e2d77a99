import { setImmediate } from 'node:timers/promises';
import { limits } from '../config/limits.ts';
import { ApiError } from '../errors/api-error.ts';
import { inSlices } from '../in-slices.ts';
import type { SchemaChecker } from '../schemas/schema-checker.ts';
import type {
  AgentClient,
  AgentEvent,
  AgentEventBatch,
  AgentMessage,
  AgentOutputFormat,
  AgentRequest,
  AgentUsage,
} from './agent-client.ts';
import { addUsage } from './usage/add-usage.ts';

type Options = Parameters<AgentClient['run']>[1];

/**
 * Holds an agent to the output format it was given. An answer that does not fit is sent back once, with what is wrong
 * with it; if the second does not fit either, the run fails. Where somebody watches the run (`watched`), its first
 * answer is out already and can't be taken back: then there is no second. Calls, refusals and answers that were cut
 * short are not checked: they are no answers.
 */
export function enforceFormat(agent: AgentClient, checker: SchemaChecker): AgentClient {
  return {
    models: (options) => agent.models(options),
    async run(request, options) {
      if (!request.format) return agent.run(request, options);
      const format = new CheckedFormat(request.format, checker);
      await format.prepare();
      const batches = await agent.run(request, options);
      return request.watched ? watch(format, batches) : repair(agent, request, { ...options, format, batches });
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

async function* watch(format: CheckedFormat, batches: AsyncIterable<AgentEventBatch>): AsyncGenerator<AgentEventBatch> {
  const answer = new Answer();
  for await (const batch of batches) {
    answer.take(batch);
    const last = batch.at(-1);
    const complaint = last?.type === 'run-end' ? await format.complain(answer) : undefined;
    if (complaint) throw mismatch(complaint);
    yield batch;
  }
}

async function* repair(
  agent: AgentClient,
  request: AgentRequest,
  { format, batches, signal }: Options & { format: CheckedFormat; batches: AsyncIterable<AgentEventBatch> },
): AsyncGenerator<AgentEventBatch> {
  const first = await Answer.collect(batches);
  const complaint = await format.complain(first);
  if (!complaint) return yield* release(first.events);
  const second = await Answer.collect(await agent.run(withComplaint(request, first.text, complaint), { signal }));
  const again = await format.complain(second);
  if (again) throw mismatch(again);
  yield* release(second.eventsWithUsage(first.usage));
}

/** Yields a held answer in parts, with a turn of the event loop after each, so that a long one blocks no other request. */
async function* release(events: readonly AgentEvent[]): AsyncGenerator<AgentEventBatch> {
  for (const slice of inSlices(events, limits.logAppendEvents)) {
    yield slice;
    if (slice.length === limits.logAppendEvents) await setImmediate();
  }
}

/** An output format, and the checks of answers against it. */
class CheckedFormat {
  readonly #format: AgentOutputFormat;
  readonly #checker: SchemaChecker;

  constructor(format: AgentOutputFormat, checker: SchemaChecker) {
    this.#format = format;
    this.#checker = checker;
  }

  /** Rejects with an ApiError when answers can't be checked against it: the agent need not be asked. */
  async prepare(): Promise<void> {
    if (this.#format.type === 'json_schema') await this.#checker.prepare(this.#format.schema);
  }

  /** Returns what is wrong with an answer, for the model and the client to read; `undefined` when it fits. */
  async complain(answer: Answer): Promise<string | undefined> {
    if (!answer.isCheckable) return undefined;
    return this.#checker.complain(this.#format.type === 'json_schema' ? this.#format.schema : undefined, answer.text);
  }
}

/** What an agent said in one run. */
class Answer {
  readonly events: AgentEvent[] = [];
  text = '';
  usage: AgentUsage | undefined;
  #isCheckable = true;

  static async collect(batches: AsyncIterable<AgentEventBatch>): Promise<Answer> {
    const answer = new Answer();
    for await (const batch of batches) {
      answer.take(batch);
      answer.events.push(...batch);
    }
    return answer;
  }

  take(batch: AgentEventBatch): void {
    for (const event of batch) {
      if (event.type === 'text-delta') this.text += event.text;
      else if (event.type === 'usage') this.usage = event.usage;
      else if (event.type === 'refusal-start' || event.type === 'refusal-delta') this.#isCheckable = false;
      else if (event.type === 'tool-call-start' && !event.agentRuns) this.#isCheckable = false;
      else if (event.type === 'run-end' && event.reason !== 'stop') this.#isCheckable = false;
    }
  }

  /** Whether it is an answer: no call, no refusal, and not cut short. */
  get isCheckable(): boolean {
    return this.#isCheckable;
  }

  /** Both rounds were paid for. */
  eventsWithUsage(first: AgentUsage | undefined): AgentEvent[] {
    return this.events.map((event) =>
      event.type === 'usage' && first ? { type: 'usage', usage: addUsage(event.usage, first) } : event,
    );
  }
}

function withComplaint(request: AgentRequest, answer: string, complaint: string): AgentRequest {
  const said: AgentMessage = { role: 'assistant', content: [{ type: 'text', text: answer }], toolCalls: [] };
  const text =
    `Your answer does not have the required format: ${complaint}. ` +
    'Answer again with the corrected JSON alone, without any other text.';
  return { ...request, messages: [...request.messages, said, { role: 'user', content: [{ type: 'text', text }] }] };
}

function mismatch(complaint: string): ApiError {
  return new ApiError('upstream_error', `The agent's answer does not have the requested format: ${complaint}.`);
}
