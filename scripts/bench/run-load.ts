import type { CheckReply } from './check-reply.ts';
import { Client, type Reply } from './client.ts';

export interface Load {
  /** Such as `http://127.0.0.1:8642/v1/responses`. */
  url: string;
  headers?: Readonly<Record<string, string>> | undefined;
  body: string;
  /** Total number of requests. */
  count: number;
  /** Concurrent requests, each on a persistent connection. */
  concurrency: number;
  /** Returns the fault of a reply; `undefined` if it is correct. */
  check: CheckReply;
}

/** Sends the requests and checks every reply. Rejects with the fault of the first incorrect one. */
export async function runLoad({ url, headers, body, count, concurrency, check }: Load): Promise<void> {
  const { origin, pathname: path } = new URL(url);
  await using client = new Client({ origin, connections: concurrency, headers });
  let left = count;
  const send = async (): Promise<void> => {
    while (left-- > 0) expectCorrect(await client.post(path, body), check);
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, send));
  } catch (cause) {
    throw new Error(`${url} sent an incorrect reply: ${cause}`, { cause });
  }
}

/** Throws an error with the fault of a reply. */
export function expectCorrect({ status, text }: Reply, check: CheckReply): void {
  const fault = status === 200 ? check(text) : `status ${status}: ${text.slice(0, 500)}`;
  if (fault !== undefined) throw new Error(fault);
}
