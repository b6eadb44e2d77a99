import type { IncomingHttpHeaders } from 'node:http';
import { limits } from '../../config/limits.ts';
import type { UpstreamConfig } from '../../config/to-agent-config.ts';
import { toHeaders } from './to-headers.ts';
import { createTransport } from './transport/create-transport.ts';

export interface ProbeRequest {
  /** The path on the upstream's host. The query of the configured URL is added. */
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
  const { origin, search } = new URL(url);
  const transport = createTransport({ base: new URL(search, origin), settings, limits });
  const getHeaders = [...transport.headers, ...toHeaders(apiKey, settings)];
  const postHeaders = [...getHeaders, 'content-type', 'application/json'];
  return {
    async send({ path, body, signal }) {
      const reply = await transport.runs.request({
        path: transport.toPath(path.slice(1)),
        signal,
        ...(body === undefined
          ? { method: 'GET', headers: getHeaders }
          : { method: 'POST', headers: postHeaders, body: JSON.stringify(body) }),
      });
      return { status: reply.statusCode, headers: reply.headers, text: await readText(reply.body) };
    },
    [Symbol.asyncDispose]: () => transport[Symbol.asyncDispose](),
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
