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

export interface LoadResult {
  errors: number;
  firstError: string | undefined;
}

/** No reply of the bench takes longer, so a server that hangs ends as errors and not as a bench that hangs. */
const timeoutMs = 30_000;

/** Sends the requests and checks every reply. Never rejects for a reply: all that goes wrong is counted. */
export async function runLoad({ url, body, count, concurrency, check }: Load): Promise<LoadResult> {
  const { origin, pathname: path } = new URL(url);
  const pool = new Pool(origin, { connections: concurrency, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
  const headers = { 'content-type': 'application/json' };
  const result: LoadResult = { errors: 0, firstError: undefined };
  let left = count;
  const client = async (): Promise<void> => {
    while (left-- > 0) {
      const error = await request().catch((reason: unknown) => String(reason));
      if (error === undefined) continue;
      result.errors++;
      result.firstError ??= error;
    }
  };
  const request = async (): Promise<string | undefined> => {
    const { statusCode, body: reply } = await pool.request({ path, method: 'POST', headers, body });
    const text = await reply.text();
    return statusCode === 200 ? check(text) : `status ${statusCode}: ${text.slice(0, 500)}`;
  };
  await Promise.all(Array.from({ length: concurrency }, client));
  await pool.close();
  return result;
}
