/**
 * The work of the floors for responses: translates a Responses request to a chat request, and chat chunks to Responses
 * events or, for a plain request, a completion to one response. Minimal: no validation, no errors, text only.
 */
import type { RequestListener, ServerResponse } from 'node:http';
import { createForwarder, type Receiver } from './forward.ts';
import { readJson } from './read-json.ts';
import { replyWithJson } from './reply-with-json.ts';

interface ResponsesRequest {
  model: string;
  input: string;
  stream?: boolean;
  store?: boolean;
  previous_response_id?: string;
}

/** A finished response. */
export interface Turn {
  id: string;
  previous: string | undefined;
  /** The messages of the turn, question and answer, as JSON joined by commas. */
  messages: string;
  /** The response as JSON. */
  body: string;
}

export interface Turns {
  /** Whether the upstream is asked for a stream for a plain response, too. */
  isFolded: boolean;
  /** Returns the id of a new response, and the messages before it as JSON joined by commas. */
  open(previous: string | undefined): { id: string; history: string };
  keep(turn: Turn): void;
}

interface Usage {
  prompt_tokens: number;
  completion_tokens: number;
  total_tokens: number;
}

interface Chunk {
  choices: { delta?: { content?: string } }[];
  usage?: Usage;
}

interface Completion {
  choices: { message: { content: string } }[];
  usage: Usage;
}

/** A response that is being made. */
interface Running {
  id: string;
  model: string;
  /** Stores the finished response. */
  finish(text: string, body: string): void;
}

const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };

export function createTranslator(turns: Turns): RequestListener {
  const forward = createForwarder();
  return (request, response) => {
    readJson<ResponsesRequest>(request, ({ model, input, stream, previous_response_id: previous }) => {
      const { id, history } = turns.open(previous);
      const question = JSON.stringify({ role: 'user', content: input });
      const messages = history === '' ? question : `${history},${question}`;
      const running: Running = {
        id,
        model,
        finish(text, body) {
          const answer = JSON.stringify({ role: 'assistant', content: text });
          turns.keep({ id, previous, messages: `${question},${answer}`, body });
        },
      };
      const head = `{"model":${JSON.stringify(model)},"messages":[${messages}]`;
      const streamed = `${head},"stream":true,"stream_options":{"include_usage":true}}`;
      if (stream) forward.stream(streamed, response, streamTo(response, running));
      else if (turns.isFolded) forward.stream(streamed, response, foldTo(response, running));
      else forward.whole(`${head}}`, response, (completion) => toResponse(readCompletion(completion), running));
    });
  };
}

function readCompletion(completion: string): Answer {
  const { choices, usage }: Completion = JSON.parse(completion);
  return { text: choices[0]?.message.content ?? '', usage };
}

function toResponse(answer: Answer, running: Running): string {
  const body = JSON.stringify(toResource(running, 'completed', answer));
  running.finish(answer.text, body);
  return body;
}

function foldTo(response: ServerResponse, running: Running): Receiver {
  const reader = new TextReader();
  return {
    start: () => undefined,
    data(bytes) {
      reader.read(bytes);
      return true;
    },
    end: () => replyWithJson(response, toResponse(reader, running)),
  };
}

/** Writes all events of one read at once. */
function streamTo(response: ServerResponse, running: Running): Receiver {
  const reader = new TextReader();
  let number = 0;
  const toEvent = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...fields })}\n\n`;
  return {
    start() {
      const created = { response: toResource(running, 'in_progress') };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toEvent('response.created', created) + toEvent('response.in_progress', created) + toOpening());
    },
    data(bytes) {
      let text = '';
      for (const delta of reader.read(bytes)) text += toEvent('response.output_text.delta', { ...place, delta });
      return text === '' || response.write(text);
    },
    end() {
      const resource = toResource(running, 'completed', reader);
      running.finish(reader.text, JSON.stringify(resource));
      const completed = toEvent('response.completed', { response: resource });
      response.end(`${toClosing()}${completed}data: [DONE]\n\n`);
    },
  };

  function toOpening(): string {
    const item = toMessage('in_progress', []);
    return (
      toEvent('response.output_item.added', { output_index: 0, item }) +
      toEvent('response.content_part.added', { ...place, part: toPart('') })
    );
  }

  function toClosing(): string {
    const part = toPart(reader.text);
    return (
      toEvent('response.output_text.done', { ...place, text: reader.text }) +
      toEvent('response.content_part.done', { ...place, part }) +
      toEvent('response.output_item.done', { output_index: 0, item: toMessage('completed', [part]) })
    );
  }
}

/** Reads the tokens of a chat stream. */
class TextReader {
  text = '';
  usage: Usage | undefined;
  #rest = '';

  /** Returns the tokens completed by these bytes. */
  read(bytes: Buffer): string[] {
    const events = (this.#rest + bytes.toString()).split('\n\n');
    this.#rest = events.pop() ?? '';
    const tokens: string[] = [];
    for (const event of events) {
      if (event === 'data: [DONE]') continue;
      const chunk: Chunk = JSON.parse(event.slice('data: '.length));
      if (chunk.usage) this.usage = chunk.usage;
      const token = chunk.choices[0]?.delta?.content;
      if (token) tokens.push(token);
    }
    this.text += tokens.join('');
    return tokens;
  }
}

interface Answer {
  text: string;
  usage: Usage | undefined;
}

function toResource({ id, model }: Running, status: string, answer?: Answer): object {
  const output = answer ? [toMessage(status, [toPart(answer.text)])] : [];
  const created_at = Math.floor(Date.now() / 1000);
  return { id, object: 'response', created_at, status, model, output, usage: toUsage(answer?.usage) };
}

function toUsage(usage: Usage | undefined): object | null {
  if (!usage) return null;
  const { prompt_tokens, completion_tokens, total_tokens } = usage;
  return { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens };
}

function toMessage(status: string, content: object[]): object {
  return { type: 'message', id: place.item_id, status, role: 'assistant', content };
}

function toPart(text: string): object {
  return { type: 'output_text', text, annotations: [] };
}
