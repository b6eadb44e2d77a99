import { ApiError } from '../../errors/api-error.ts';
import type { RecordedExchange, RecordedRead } from '../../recording/recording.ts';
import type { AgentEvent, AgentEventBatch } from '../agent-client.ts';
import type { ChatChunk } from '../chat-completions/chat-chunk.ts';
import { createChunkReader } from '../chat-completions/from-chat-chunk.ts';
import { fromChatCompletion } from '../chat-completions/from-chat-completion.ts';
import { type Fields, toFields, toFieldsList, toStringOf } from '../fields.ts';
import { fromStreamError } from '../upstream/errors/from-stream-error.ts';
import { fromRecordedError } from './from-recorded-error.ts';
import { ResponseReader } from './from-response-event.ts';
import { toSummary } from './recorded-compaction.ts';
import { findCompaction } from './response-history.ts';

/** A recorded answer, as an agent returns it. */
export interface Answer {
  /** The error of a run that produced no output. */
  refusal?: ApiError;
  batches: TimedBatch[];
  /** The error that ended the run after its batches. */
  failure?: ApiError;
}

export interface TimedBatch {
  /** Milliseconds after the request. */
  ms: number;
  events: AgentEventBatch;
}

/** Reads one choice of a recorded chat completion. */
export function readChatAnswer(exchange: RecordedExchange, choice: number): Answer {
  const refusal = toRefusal(exchange);
  if (refusal) return { refusal, batches: [] };
  const { response, milliseconds } = exchange;
  if (!response?.stream) {
    return collect((add) => add(milliseconds, fromChatCompletion(JSON.stringify(pick(response?.json, choice)))));
  }
  const reads = response.stream;
  return collect((add) => {
    const reader = createChunkReader();
    let isDone = false;
    for (const { ms, event, name, text } of eachEvent(reads)) {
      if (text === '[DONE]') isDone = true;
      else if (name === 'error') throw fromStreamError(event);
      // Each field is checked where it is read, as for a live upstream.
      else add(ms, reader.read(pick(event, choice) as ChatChunk));
    }
    add(milliseconds, reader.end(isDone));
  });
}

/** Reads a recorded response. `final` is the ended response, as a later request found it. */
export function readResponseAnswer(exchange: RecordedExchange, final?: Fields): Answer {
  const refusal = toRefusal(exchange) ?? toFrameRefusal(exchange);
  if (refusal) return { refusal, batches: [] };
  const { response, milliseconds } = exchange;
  const whole = final ?? toFinalResponse(exchange);
  return collect((add) => {
    const reader = new ResponseReader(collectResults(whole));
    for (const { ms, event } of eachEvent(response?.stream ?? [])) add(ms, reader.read(toFields(event)));
    if (!reader.hasEnded && whole) add(milliseconds, reader.end(whole));
    if (!reader.hasEnded) throw new ApiError('upstream_error', 'The recorded answer ended early.');
  });
}

/** Reads a recorded compaction as the summary that the server asks its agent for. `source` has it in its output. */
export function readCompaction(exchange: RecordedExchange, source: Fields): Answer {
  const refusal = toRefusal(exchange);
  if (refusal) return { refusal, batches: [] };
  const { usage } = source;
  const text = toSummary(toStringOf(findCompaction(source)?.['encrypted_content']));
  const message = { type: 'message', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] };
  const reader = new ResponseReader(new Set());
  return collect((add) => add(exchange.milliseconds, reader.end({ status: 'completed', output: [message], usage })));
}

/** Returns the ended response of an exchange, from its reply or its last event. */
export function toFinalResponse({ response }: RecordedExchange): Fields | undefined {
  if (!response?.stream) return isEnded(response?.json) ? toFields(response?.json) : undefined;
  const events = [...eachEvent(response.stream)].map(({ event }) => toFields(event));
  const last = events.findLast((event) => isEnded(event['response']));
  if (!last) return undefined;
  const whole = toFields(last['response']);
  // Some servers omit the items that they have already sent.
  const items = events.filter((event) => event['type'] === 'response.output_item.done').map((event) => event['item']);
  return toFieldsList(whole['output']).length > 0 ? whole : { ...whole, output: items };
}

function isEnded(value: unknown): boolean {
  return ['completed', 'incomplete', 'failed', 'cancelled'].includes(toStringOf(toFields(value)['status']));
}

function toRefusal({ response }: RecordedExchange): ApiError | undefined {
  if (!response) return new ApiError('upstream_error', 'The recorded request was never answered.');
  return response.status >= 400 ? fromRecordedError(response) : undefined;
}

/** Returns the error that a WebSocket turn was refused with. */
function toFrameRefusal({ webSocket, response }: RecordedExchange): ApiError | undefined {
  const first = toFields(response?.stream?.[0]?.events[0]?.json);
  if (!webSocket || first['type'] !== 'error' || typeof first['status'] !== 'number' || !response) return undefined;
  return fromRecordedError({ ...response, status: first['status'], json: first });
}

/** Collects the batches of an answer, and the error that it ended with. */
function collect(read: (add: (ms: number, events: AgentEvent[]) => void) => void): Answer {
  const batches: { ms: number; events: AgentEvent[] }[] = [];
  try {
    read((ms, events) => {
      const last = batches.at(-1);
      // Hand-written recordings have no times.
      if (last && last.ms === ms) last.events.push(...events);
      else if (events.length > 0) batches.push({ ms, events });
    });
  } catch (reason) {
    return { batches, failure: ApiError.from(reason) };
  }
  return { batches };
}

function* eachEvent(reads: readonly RecordedRead[]) {
  for (const { ms, events } of reads) {
    for (const { event: name, json, text } of events) yield { ms, event: json, name, text };
  }
}

/** Returns a completion or chunk with only this choice, as choice 0. */
function pick(value: unknown, choice: number): Fields {
  const fields = toFields(value);
  const choices = toFieldsList(fields['choices']).filter(({ index }) => (index ?? 0) === choice);
  return { ...fields, choices: choices.map((entry) => ({ ...entry, index: 0 })) };
}

function collectResults(response: Fields | undefined): Set<string> {
  const results = toFieldsList(response?.['output']).filter(({ type }) => type === 'function_call_output');
  return new Set(results.map((item) => toStringOf(item['call_id'])));
}
