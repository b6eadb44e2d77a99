import type { IncomingHttpHeaders } from 'node:http';
import { buildConnector, Pool } from 'undici';
import { limits } from '../../config/limits.ts';
import type { UpstreamConfig } from '../../config/to-agent-config.ts';

export interface ProbeRequest {
  /** The path on the upstream's host, with its query. */
  path: string;
  /** Sent as JSON with POST. Omitted: a GET. */
  body?: object;
  signal: AbortSignal;
}

export interface ProbeReply {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body, up to the limit on one event. */
  text: string;
}

/** Sends single requests to an upstream and returns its replies as they are, for diagnosis. */
export interface UpstreamProbe extends AsyncDisposable {
  /** Rejects with the error of the connection. */
  send(request: ProbeRequest): Promise<ProbeReply>;
}

export function createUpstreamProbe({ url, apiKey, settings }: UpstreamConfig): UpstreamProbe {
  const pool = new Pool(new URL(url).origin, {
    connect: buildConnector({ timeout: limits.upstreamConnectMs, allowH2: false }),
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
  });
  const headers = {
    'accept-encoding': 'identity',
    ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
    ...settings.headers,
  };
  return {
    async send({ path, body, signal }) {
      const reply = await pool.request({
        path,
        signal,
        method: body === undefined ? 'GET' : 'POST',
        headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      return { status: reply.statusCode, headers: reply.headers, text: await readText(reply.body) };
    },
    [Symbol.asyncDispose]: () => pool.destroy(),
  };
}

async function readText(body: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of body) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > limits.upstreamEventBytes) break;
  }
  return Buffer.concat(chunks).toString();
}
