/** Headers that speak of one connection (RFC 9110, 7.6.1), each side has its own. */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** Names and values in turn, as Node gives and takes them: order, case and repetitions are kept. */
type RawHeaders = readonly string[];

export function* eachHeader(raw: RawHeaders): Generator<[name: string, value: string]> {
  for (let index = 0; index + 1 < raw.length; index += 2) yield [raw[index] ?? '', raw[index + 1] ?? ''];
}

export function findHeader(raw: RawHeaders, wanted: string): string | undefined {
  for (const [name, value] of eachHeader(raw)) if (name.toLowerCase() === wanted) return value;
  return undefined;
}

/** `application/json` of `Application/JSON; charset=utf-8`. */
export function toMediaType(contentType: string | undefined): string {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** What goes on to the other side, without what is about this connection alone. */
function toEndToEnd(raw: RawHeaders): string[] {
  const named = new Set<string>();
  for (const [name, value] of eachHeader(raw)) {
    if (name.toLowerCase() === 'connection') for (const word of value.split(',')) named.add(word.trim().toLowerCase());
  }
  const kept: string[] = [];
  for (const [name, value] of eachHeader(raw)) {
    const lower = name.toLowerCase();
    // Listing the body's length there would not make it one of the connection.
    if (hopByHop.has(lower) || (named.has(lower) && lower !== 'content-length')) continue;
    kept.push(name, value);
  }
  return kept;
}

export interface UpstreamHead {
  method: string;
  rawHeaders: RawHeaders;
  /** Replaces the client's Host: it named the proxy. */
  host: string;
  /** Replaces the client's key. */
  key: string | undefined;
  isUpgrade: boolean;
}

const methodsWithBody = new Set(['POST', 'PUT', 'PATCH']);

/** The head of a request as the upstream gets it. */
export function toUpstreamHeaders({ method, rawHeaders, host, key, isUpgrade }: UpstreamHead): string[] {
  const headers = ['Host', host];
  for (const [name, value] of eachHeader(toEndToEnd(rawHeaders))) {
    const lower = name.toLowerCase();
    if (lower !== 'host' && !(key !== undefined && lower === 'authorization')) headers.push(name, value);
  }
  if (key !== undefined) headers.push('Authorization', `Bearer ${key}`);
  if (isUpgrade) headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  else if (findHeader(rawHeaders, 'transfer-encoding')) headers.push('Transfer-Encoding', 'chunked');
  // Without it Node would announce a body of unknown length.
  else if (methodsWithBody.has(method) && !findHeader(headers, 'content-length')) headers.push('Content-Length', '0');
  return headers;
}

/** The head of an answer as the client gets it. Trailers can be announced only where the body comes in chunks. */
export function toClientHeaders(raw: RawHeaders): string[] {
  const isSized = findHeader(raw, 'content-length') !== undefined;
  const headers: string[] = [];
  for (const [name, value] of eachHeader(toEndToEnd(raw))) {
    if (!(isSized && name.toLowerCase() === 'trailer')) headers.push(name, value);
  }
  return headers;
}
