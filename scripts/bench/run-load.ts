import { Pool } from 'undici';

export interface Load {
  /** Such as `http://127.0.0.1:8642/v1/responses`. */
  url: string;
  body: string;
  /** Requests in all. */
  count: number;
  /** Requests at any one time, each on a connection that is kept. */
  concurrency: number;
  /** Says what is wrong with a reply; `undefined`: nothing. */
  check(text: string): string | undefined;
}

/** No reply of the bench takes longer: a server that hangs ends the bench, and does not hang it. */
const timeoutMs = 30_000;

/** Sends the requests and checks every reply. Rejects with an Error that says what is wrong with the first bad one. */
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
    throw new Error(`${url} gave a bad reply: ${cause}`, { cause });
  } finally {
    await pool.destroy();
  }
}
