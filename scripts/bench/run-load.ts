import { Pool } from 'undici';

export interface Load {
  /** Such as `http://127.0.0.1:8642/v1/responses`. */
  url: string;
  body: string;
  /** Total number of requests. */
  count: number;
  /** Concurrent requests, each on a persistent connection. */
  concurrency: number;
  /** Returns the fault of a reply; `undefined` if it is correct. */
  check(text: string): string | undefined;
}

/** Time limit of a reply, so that a hung server fails the bench. */
const timeoutMs = 30_000;

/** Sends the requests and checks every reply. Rejects with the fault of the first incorrect one. */
export async function runLoad({ url, body, count, concurrency, check }: Load): Promise<void> {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: concurrency, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const headers = { 'content-type': 'application/json' };
  let left = count;
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const { statusCode, body: reply } = await pool.request({ path, method: 'POST', headers, body });
      const text = await reply.text();
      const fault = statusCode === 200 ? check(text) : `status ${statusCode}: ${text.slice(0, 500)}`;
      if (fault !== undefined) throw new Error(fault);
    }
  };
  try {
    await Promise.all(Array.from({ length: concurrency }, client));
  } catch (cause) {
    throw new Error(`${url} sent an incorrect reply: ${cause}`, { cause });
  } finally {
    await pool.destroy();
  }
}
