import { type Agent, type IncomingMessage, request as openRequest } from 'node:http';

export interface FuzzRequest {
  method: string;
  /** As it stands on the request line. */
  path: string;
  headers?: Record<string, string>;
  body?: Buffer;
}

export interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

/** The outcome of a request: an answer, or the reason why there is none. */
export type Outcome = { answer: Answer; failure?: undefined } | { answer?: undefined; failure: string };

/** The longest wait for a whole answer. */
const patienceMs = 20_000;
/** A larger answer is read to its end, but not kept. */
const keptBytes = 32 * 1024 * 1024;

/** Sends one request and reads its whole answer. Never rejects. */
export function sendRequest(
  url: string,
  { method, path, headers = {}, body }: FuzzRequest,
  agent: Agent,
): Promise<Outcome> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve) => {
    const length = body === undefined ? {} : { 'content-length': `${body.length}` };
    const signal = AbortSignal.timeout(patienceMs);
    let response: IncomingMessage | undefined;
    const outgoing = openRequest({ hostname, port, method, path, headers: { ...length, ...headers }, agent, signal });
    outgoing.once('response', (incoming) => {
      response = incoming;
      readAnswer(incoming).then(
        (answer) => resolve({ answer }),
        (error) => resolve({ failure: `the answer (${incoming.statusCode}) broke off: ${error.message}` }),
      );
    });
    // Once an answer has begun, its end decides: a server may refuse a body before it has read it.
    outgoing.once('error', (error) => {
      if (response === undefined) resolve({ failure: `no answer: ${signal.aborted ? 'time is up' : error.message}` });
    });
    outgoing.end(body);
  });
}

async function readAnswer(incoming: IncomingMessage): Promise<Answer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes <= keptBytes) chunks.push(chunk);
  }
  const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, `${value}`]));
  return { status: incoming.statusCode ?? 0, headers, text: Buffer.concat(chunks).toString() };
}
