import { once } from 'node:events';
import { Agent, type IncomingMessage, request } from 'node:http';

/** Begins a POST of JSON (or a GET without a body) and hands over the reply, unread. */
export async function open(
  url: string,
  body?: unknown,
  extraHeaders: Record<string, string> = {},
): Promise<IncomingMessage> {
  const headers = body === undefined ? extraHeaders : { 'content-type': 'application/json', ...extraHeaders };
  const outgoing = request(url, { method: body === undefined ? 'GET' : 'POST', headers, agent: new Agent() });
  outgoing.end(body === undefined ? undefined : JSON.stringify(body));
  const [incoming] = await once(outgoing, 'response');
  return incoming;
}

/** Reads a reply to its end, or until `enough` accepts the text so far, then closes the connection. */
export async function readText(
  incoming: IncomingMessage,
  enough: (text: string) => boolean = () => false,
): Promise<string> {
  let text = '';
  incoming.setEncoding('utf8');
  for await (const chunk of incoming) {
    text += chunk;
    if (enough(text)) break;
  }
  return text;
}

/** The data of each event, in order. */
export const dataOf = (text: string): string[] => [...text.matchAll(/^data: (.*)$/gm)].map(([, data = '']) => data);
