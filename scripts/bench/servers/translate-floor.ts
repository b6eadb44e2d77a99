/**
 * The second floor: translates a Responses request to a chat request, and chat chunks to Responses events or, for a
 * plain request, to one response. Minimal: no validation, no store, no errors, text only.
 */
import type { ServerResponse } from 'node:http';
import { createForwarder, type Receiver } from './forward.ts';
import { listen } from './listen.ts';
import { readJson } from './read-json.ts';

interface ResponsesRequest {
  model: string;
  input: string;
  stream?: boolean;
}

interface Chunk {
  choices: { delta?: { content?: string } }[];
  usage?: { prompt_tokens: number; completion_tokens: number; total_tokens: number };
}

interface TextReader {
  /** Returns the tokens completed by these bytes. */
  read(bytes: Buffer): string[];
  readonly text: string;
  readonly usage: object | null;
}

const place = { item_id: 'msg_1', output_index: 0, content_index: 0 };
const forward = createForwarder();

listen((request, response) => {
  readJson<ResponsesRequest>(request, ({ model, input, stream }) => {
    const messages = [{ role: 'user', content: input }];
    const chatRequest = { model, messages, stream: true, stream_options: { include_usage: true } };
    const receiver = stream ? streamTo(response, model) : collectTo(response, model);
    forward(JSON.stringify(chatRequest), response, receiver);
  });
});

function collectTo(response: ServerResponse, model: string): Receiver {
  const reader = createTextReader();
  return {
    start: () => undefined,
    data(bytes) {
      reader.read(bytes);
      return true;
    },
    end() {
      const bytes = Buffer.from(JSON.stringify(toResource(model, 'completed', reader)));
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
      response.end(bytes);
    },
  };
}

/** Writes all events of one read at once. */
function streamTo(response: ServerResponse, model: string): Receiver {
  const reader = createTextReader();
  let number = 0;
  const toEvent = (type: string, fields: object) =>
    `event: ${type}\ndata: ${JSON.stringify({ type, sequence_number: number++, ...fields })}\n\n`;
  return {
    start() {
      const created = { response: toResource(model, 'in_progress') };
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.write(toEvent('response.created', created) + toEvent('response.in_progress', created) + toOpening());
    },
    data(bytes) {
      let text = '';
      for (const delta of reader.read(bytes)) text += toEvent('response.output_text.delta', { ...place, delta });
      return text === '' || response.write(text);
    },
    end() {
      const completed = { response: toResource(model, 'completed', reader) };
      response.end(`${toClosing()}${toEvent('response.completed', completed)}data: [DONE]\n\n`);
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

function createTextReader(): TextReader {
  let rest = '';
  let text = '';
  let usage: object | null = null;
  return {
    read(bytes) {
      const events = (rest + bytes.toString()).split('\n\n');
      rest = events.pop() ?? '';
      const tokens: string[] = [];
      for (const event of events) {
        if (event === 'data: [DONE]') continue;
        const chunk: Chunk = JSON.parse(event.slice('data: '.length));
        if (chunk.usage) usage = toUsage(chunk.usage);
        const token = chunk.choices[0]?.delta?.content;
        if (token) tokens.push(token);
      }
      text += tokens.join('');
      return tokens;
    },
    get text() {
      return text;
    },
    get usage() {
      return usage;
    },
  };
}

function toUsage({ prompt_tokens, completion_tokens, total_tokens }: NonNullable<Chunk['usage']>): object {
  return { input_tokens: prompt_tokens, output_tokens: completion_tokens, total_tokens };
}

function toResource(model: string, status: string, reader?: TextReader): object {
  const output = reader ? [toMessage(status, [toPart(reader.text)])] : [];
  const created_at = Math.floor(Date.now() / 1000);
  return { id: 'resp_1', object: 'response', created_at, status, model, output, usage: reader?.usage ?? null };
}

function toMessage(status: string, content: object[]): object {
  return { type: 'message', id: place.item_id, status, role: 'assistant', content };
}

function toPart(text: string): object {
  return { type: 'output_text', text, annotations: [] };
}
