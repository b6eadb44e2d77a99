/**
 * The work of the floors for responses: translates a Responses request to a chat request, and chat chunks to Responses
 * events or, for a plain request, a completion to one response. Minimal: no validation, no errors, text only.
 */
import type { RequestListener, ServerResponse } from 'node:http';
import { createForwarder, type Receiver } from './forward.ts';
import { readJson } from './read-json.ts';
import { replyWithJson } from './reply-with-json.ts';
import { type Answer, type Head, ResponseEvents, toResource, type Usage } from './response-events.ts';

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

interface Chunk {
  choices: { delta?: { content?: string } }[];
  usage?: Usage;
}

interface Completion {
  choices: { message: { content: string } }[];
  usage: Usage;
}

/** A response that is being made. */
interface Running extends Head {
  /** Stores the finished response. */
  finish(text: string, body: string): void;
}

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
  const events = new ResponseEvents(running);
  return {
    start() {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(events.open());
    },
    data(bytes) {
      let text = '';
      for (const token of reader.read(bytes)) text += events.delta(token);
      return text === '' || response.write(text);
    },
    end() {
      const resource = toResource(running, 'completed', reader);
      running.finish(reader.text, JSON.stringify(resource));
      response.end(`${events.close(reader.text, resource)}data: [DONE]\n\n`);
    },
  };
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
