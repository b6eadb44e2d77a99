import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { startUpstream, type Upstream, type UpstreamRequest } from '../helpers/upstream.ts';
import { toText } from '../helpers/upstream-script.ts';
import { toChunk } from '../helpers/upstream-wire.ts';

export interface Message {
  role: 'user' | 'assistant';
  text: string;
}

const mostWords = 14;
const mostPauseMs = 12;

/** Returns the agent's answer to messages that end with the user's. Every history has its own answer. */
export function toAnswer(messages: readonly Message[]): string {
  const digest = toDigest(messages);
  const turn = messages.filter(({ role }) => role === 'user').length;
  const words = Array.from({ length: 2 + ((digest[0] ?? 0) % mostWords) }, (_, index) => `word${digest[index]}`);
  return [`Turn ${turn} after ${digest.toString('hex', 0, 8)}:`, ...words].join(' ');
}

function toDigest(messages: readonly Message[]): Buffer {
  return createHash('sha256')
    .update(JSON.stringify(messages.map(({ role, text }) => [role, text])))
    .digest();
}

export interface AnsweringUpstream extends AsyncDisposable {
  url: string;
  /** Returns the number of requests that end with this message. */
  asked(lastText: string): number;
}

/** Starts an upstream that sends `toAnswer` word by word, at a pace derived from the messages. */
export async function startAnsweringUpstream(): Promise<AnsweringUpstream> {
  const asked = new Map<string, number>();
  const upstream: Upstream = await startUpstream({
    async answer(request, response) {
      if (request.path !== '/v1/chat/completions') return false;
      const messages = toMessages(request);
      const last = messages.at(-1)?.text ?? '';
      asked.set(last, (asked.get(last) ?? 0) + 1);
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      const pauseMs = (toDigest(messages)[1] ?? 0) % mostPauseMs;
      for (const content of toAnswer(messages).match(/\s*\S+/g) ?? []) {
        if (response.destroyed) return true;
        response.write(`data: ${JSON.stringify(toChunk(request, { content }))}\n\n`);
        await pause(pauseMs);
      }
      response.end(`data: ${JSON.stringify(toChunk(request, {}, 'stop'))}\n\ndata: [DONE]\n\n`);
      return true;
    },
  });
  return {
    url: upstream.url,
    asked: (lastText) => asked.get(lastText) ?? 0,
    [Symbol.asyncDispose]: () => upstream[Symbol.asyncDispose](),
  };
}

function toMessages({ body }: UpstreamRequest): Message[] {
  return body.messages.map(({ role, content }: { role: Message['role']; content: unknown }) => ({
    role,
    text: toText(content),
  }));
}
