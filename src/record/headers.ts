/** Hop-by-hop headers (RFC 9110, 7.6.1), which are not forwarded. */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-connection', 'te', 'transfer-encoding', 'upgrade']);

/** Alternating names and values, as in Node's `rawHeaders`: preserves order, case and repetitions. */
type RawHeaders = readonly string[];

export function* eachHeader(raw: RawHeaders): Generator<[name: string, value: string]> {
  for (let index = 0; index + 1 < raw.length; index += 2) yield [raw[index] ?? '', raw[index + 1] ?? ''];
}

export function findHeader(raw: RawHeaders, wanted: string): string | undefined {
  for (const [name, value] of eachHeader(raw)) if (name.toLowerCase() === wanted) return value;
  return undefined;
}

/** Returns the media type in lower case: `application/json` for `Application/JSON; charset=utf-8`. */
export function toMediaType(contentType: string | undefined): string {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** Removes the headers of this connection. */
function toEndToEnd(raw: RawHeaders): string[] {
  const listed = new Set<string>();
  for (const [name, value] of eachHeader(raw)) {
    if (name.toLowerCase() === 'connection') for (const word of value.split(',')) listed.add(word.trim().toLowerCase());
  }
  const kept: string[] = [];
  for (const [name, value] of eachHeader(raw)) {
    const lower = name.toLowerCase();
    // Content-Length stays end-to-end even if Connection lists it.
    if (hopByHop.has(lower) || (listed.has(lower) && lower !== 'content-length')) continue;
    kept.push(name, value);
  }
  return kept;
}

export interface UpstreamHead {
  method: string;
  rawHeaders: RawHeaders;
  /** Replaces the client's Host, which names the proxy. */
  host: string;
  /** Replaces the client's key. */
  key: string | undefined;
  isUpgrade: boolean;
}

const methodsWithBody = new Set(['POST', 'PUT', 'PATCH']);

/** Returns the headers of a request to the upstream. */
export function toUpstreamHeaders({ method, rawHeaders, host, key, isUpgrade }: UpstreamHead): string[] {
  const headers = ['Host', host];
  for (const [name, value] of eachHeader(toEndToEnd(rawHeaders))) {
    const lower = name.toLowerCase();
    if (lower !== 'host' && !(key !== undefined && lower === 'authorization')) headers.push(name, value);
  }
  if (key !== undefined) headers.push('Authorization', `Bearer ${key}`);
  if (isUpgrade) headers.push('Connection', 'Upgrade', 'Upgrade', 'websocket');
  else if (findHeader(rawHeaders, 'transfer-encoding')) headers.push('Transfer-Encoding', 'chunked');
  // Without it Node would send Transfer-Encoding.
  else if (methodsWithBody.has(method) && !findHeader(headers, 'content-length')) headers.push('Content-Length', '0');
  return headers;
}

/** Returns the headers of a reply to the client. `Trailer` requires a chunked body. */
export function toClientHeaders(raw: RawHeaders): string[] {
  const isSized = findHeader(raw, 'content-length') !== undefined;
  const headers: string[] = [];
  for (const [name, value] of eachHeader(toEndToEnd(raw))) {
    if (!(isSized && name.toLowerCase() === 'trailer')) headers.push(name, value);
  }
  return headers;
}
