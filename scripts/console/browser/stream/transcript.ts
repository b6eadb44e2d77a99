import type { Item, StoredResponse } from '../api/types.ts';

/** An event of a stream, for the list of events. */
export interface StreamEvent {
  sequence_number: number;
  type: string;
  [field: string]: unknown;
}

/** A response as far as its events have come. */
export interface Transcript {
  response: StoredResponse | undefined;
  items: Item[];
  /** The last events. */
  events: StreamEvent[];
  /** The number of the last event; -1 before the first. */
  last: number;
  hasEnded: boolean;
}

/** More rows would slow down the page. */
const keptEvents = 300;

export const emptyTranscript = (): Transcript => ({
  response: undefined,
  items: [],
  events: [],
  last: -1,
  hasEnded: false,
});

const terminal = new Set([
  'response.completed',
  'response.incomplete',
  'response.failed',
  'response.cancelled',
  'error',
]);

/** Changes a transcript by an event. A repeated event has no effect. */
export function applyEvent(transcript: Transcript, event: StreamEvent): void {
  if (event.sequence_number <= transcript.last) return;
  transcript.last = event.sequence_number;
  transcript.events.push(event);
  if (transcript.events.length > 2 * keptEvents) transcript.events.splice(0, keptEvents);
  const { type, response, item, output_index: index } = event;
  if (isRecord(response)) transcript.response = response as unknown as StoredResponse;
  if (terminal.has(type)) endTranscript(transcript);
  else if (typeof index === 'number') {
    if (isRecord(item)) transcript.items[index] = structuredClone(item) as Item;
    else applyToItem(transcript.items[index], event);
  }
}

/** The terminal event has every item as it is stored. */
function endTranscript(transcript: Transcript): void {
  transcript.hasEnded = true;
  const output = transcript.response?.output;
  if (output && output.length >= transcript.items.length) transcript.items = output as Item[];
}

/** The fields that the deltas of an event append to, by its type. */
const fields: Record<string, string> = {
  'response.function_call_arguments.delta': 'arguments',
  'response.mcp_call_arguments.delta': 'arguments',
  'response.custom_tool_call_input.delta': 'input',
  'response.code_interpreter_call_code.delta': 'code',
};

function applyToItem(item: Item | undefined, event: StreamEvent): void {
  if (!item) return;
  const { type, delta, part, content_index: at, summary_index: summaryAt } = event;
  if (isRecord(part)) putPart(item, event, part);
  if (typeof delta !== 'string') return;
  const field = fields[type];
  if (field) item[field] = `${item[field] ?? ''}${delta}`;
  else if (typeof at === 'number')
    appendToPart(item, 'content', at, type.includes('refusal') ? 'refusal' : 'text', delta);
  else if (typeof summaryAt === 'number') appendToPart(item, 'summary', summaryAt, 'text', delta);
}

function putPart(item: Item, { content_index: at, summary_index: summaryAt }: StreamEvent, part: object): void {
  if (typeof at === 'number') partsOf(item, 'content')[at] = { ...part };
  else if (typeof summaryAt === 'number') partsOf(item, 'summary')[summaryAt] = { ...part };
}

function appendToPart(item: Item, list: string, at: number, field: string, delta: string): void {
  const parts = partsOf(item, list);
  const part = parts[at] ?? {};
  part[field] = `${part[field] ?? ''}${delta}`;
  parts[at] = part;
}

function partsOf(item: Item, list: string): Record<string, unknown>[] {
  const parts = item[list];
  if (Array.isArray(parts)) return parts;
  const made: Record<string, unknown>[] = [];
  item[list] = made;
  return made;
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
