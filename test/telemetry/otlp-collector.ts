import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import protobuf from 'protobufjs';
import { waitUntil } from '../helpers/wait-until.ts';

type Value = string | number | boolean | Value[];
type Attributes = Record<string, Value>;

export interface ReceivedSpan {
  traceId: string;
  spanId: string;
  /** Empty: it is the root of its trace. */
  parentId: string;
  name: string;
  /** 1: internal, 2: server, 3: client. */
  kind: number;
  attributes: Attributes;
  events: { name: string; attributes: Attributes }[];
  /** 2: an error. */
  status: number;
  resource: Attributes;
}

export interface Collector extends AsyncDisposable {
  /** The endpoint, as `OTEL_EXPORTER_OTLP_ENDPOINT` takes it. */
  url: string;
  spans: ReceivedSpan[];
  headers: IncomingHttpHeaders[];
  paths: string[];
  /** Resolves with the first span of this name once it has arrived. */
  span(name: string | RegExp): Promise<ReceivedSpan>;
}

interface AnyValue {
  stringValue?: string;
  boolValue?: boolean;
  intValue?: string;
  doubleValue?: number;
  arrayValue?: { values: AnyValue[] };
}

type KeyValues = { key: string; value: AnyValue }[];

interface DecodedSpan {
  traceId: string;
  spanId: string;
  parentSpanId: string;
  name: string;
  kind: number;
  attributes: KeyValues;
  events: { name: string; attributes: KeyValues }[];
  status?: { code: number };
}

interface DecodedRequest {
  resourceSpans: { resource: { attributes: KeyValues }; scopeSpans: { spans: DecodedSpan[] }[] }[];
}

/** Starts a collector of traces on a real socket. It decodes OTLP over HTTP with protobuf. */
export async function startCollector(): Promise<Collector> {
  const root = await protobuf.load(fileURLToPath(new URL('otlp-trace.proto', import.meta.url)));
  const message = root.lookupType('otlp.ExportTraceServiceRequest');
  const spans: ReceivedSpan[] = [];
  const headers: IncomingHttpHeaders[] = [];
  const paths: string[] = [];
  const receive = async (request: IncomingMessage): Promise<void> => {
    headers.push(request.headers);
    paths.push(request.url ?? '');
    const body = await buffer(request);
    const bytes = request.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body;
    const options = { longs: String, bytes: String, arrays: true } as const;
    spans.push(...toSpans(message.toObject(message.decode(bytes), options) as DecodedRequest));
  };
  const server = createServer((request, response) => {
    receive(request).then(
      () => response.writeHead(200, { 'content-type': 'application/x-protobuf' }).end(),
      () => response.writeHead(400).end(),
    );
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || !address) throw new Error('the collector has no port');
  const find = (name: string | RegExp) =>
    spans.find((span) => (typeof name === 'string' ? span.name === name : name.test(span.name)));
  return {
    url: `http://127.0.0.1:${address.port}`,
    spans,
    headers,
    paths,
    async span(name) {
      await waitUntil(() => find(name) !== undefined, `the span ${name}`);
      return find(name) as ReceivedSpan;
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function toSpans({ resourceSpans }: DecodedRequest): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ name, kind, ...span }) => ({
        name,
        kind,
        traceId: toHex(span.traceId),
        spanId: toHex(span.spanId),
        parentId: toHex(span.parentSpanId ?? ''),
        attributes: toAttributes(span.attributes),
        events: span.events.map((event) => ({ name: event.name, attributes: toAttributes(event.attributes) })),
        status: span.status?.code ?? 0,
        resource: toAttributes(resource.attributes),
      })),
    ),
  );
}

const toHex = (base64: string): string => Buffer.from(base64, 'base64').toString('hex');

const toAttributes = (values: KeyValues): Attributes =>
  Object.fromEntries(values.map(({ key, value }) => [key, toValue(value)]));

function toValue({ stringValue, boolValue, intValue, doubleValue, arrayValue }: AnyValue): Value {
  if (arrayValue) return arrayValue.values.map(toValue);
  return stringValue ?? boolValue ?? (intValue === undefined ? (doubleValue ?? '') : Number(intValue));
}
