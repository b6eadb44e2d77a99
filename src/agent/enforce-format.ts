import { ApiError } from '../errors/api-error.ts';
import { isObject } from '../is-object.ts';
import { compileSchema } from '../schemas/compile-schema.ts';
import { addUsage } from '../tokens/add-usage.ts';
import { tryParseJson } from '../try-parse-json.ts';
import type {
  AgentClient,
  AgentEvent,
  AgentEventBatch,
  AgentMessage,
  AgentOutputFormat,
  AgentRequest,
  AgentUsage,
} from './agent-client.ts';

type Options = Parameters<AgentClient['run']>[1];

/**
 * Holds an agent to the output format it was given. An answer that does not fit is sent back once, with what is wrong
 * with it; if the second does not fit either, the run fails. Where somebody watches the run (`watched`), its first
 * answer is out already and can't be taken back: then there is no second. Calls, refusals and answers that were cut
 * short are not checked: they are no answers.
 */
export function enforceFormat(agent: AgentClient): AgentClient {
  return {
    models: (options) => agent.models(options),
    async run(request, options) {
      if (!request.format) return agent.run(request, options);
      const batches = await agent.run(request, options);
      return request.watched ? watch(request.format, batches) : repair(agent, request, { ...options, batches });
    },
    [Symbol.asyncDispose]: () => agent[Symbol.asyncDispose](),
  };
}

async function* watch(
  format: AgentOutputFormat,
  batches: AsyncIterable<AgentEventBatch>,
): AsyncGenerator<AgentEventBatch> {
  const answer = new Answer();
  for await (const batch of batches) {
    answer.take(batch);
    const last = batch.at(-1);
    const complaint = last?.type === 'run-end' ? answer.complain(format) : undefined;
    if (complaint) throw mismatch(complaint);
    yield batch;
  }
}

async function* repair(
  agent: AgentClient,
  request: AgentRequest,
  { batches, signal }: Options & { batches: AsyncIterable<AgentEventBatch> },
): AsyncGenerator<AgentEventBatch> {
  const format = request.format;
  const first = await Answer.collect(batches);
  const complaint = format && first.complain(format);
  if (!complaint) return yield first.events;
  const second = await Answer.collect(await agent.run(withComplaint(request, first.text, complaint), { signal }));
  const again = second.complain(format);
  if (again) throw mismatch(again);
  yield second.eventsWithUsage(first.usage);
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

  /** What is wrong with it, for the model and the client to read; `undefined` when it fits. */
  complain(format: AgentOutputFormat): string | undefined {
    if (!this.#isCheckable) return undefined;
    const value = tryParseJson(this.text);
    if (value === undefined) return 'it is not valid JSON';
    if (format.type === 'json_object') return isObject(value) ? undefined : 'it is not an object';
    const validate = compileSchema(format.schema);
    if (validate(value)) return undefined;
    return (validate.errors ?? []).map((error) => `${error.instancePath || 'it'} ${error.message}`).join('; ');
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
