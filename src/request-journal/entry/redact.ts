import type { IncomingHttpHeaders } from 'node:http';

const redacted = '[redacted]';
/** Names of headers whose values are secrets. */
const secretName = /authorization|cookie|token|secret|password|(^|-)key$/i;

/** Returns the headers as text, without secrets. */
export function redactHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name, toValue(name, value)] as const);
  return Object.fromEntries(entries);
}

/** An `Idempotency-Key` names a request and opens nothing. */
const toValue = (name: string, value: string | string[] | undefined): string =>
  secretName.test(name) && name !== 'idempotency-key' ? redacted : [value ?? ''].flat().join(', ');

/** Returns a copy of a body without the credentials of the MCP servers that it names. */
export function redactBody(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redactBody);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).map(([name, field]) => [name, redactBody(field)] as const);
  const copy: Record<string, unknown> = Object.fromEntries(fields);
  return copy['type'] === 'mcp' ? redactServer(copy) : copy;
}

function redactServer(tool: Record<string, unknown>): Record<string, unknown> {
  const { authorization, headers, server_url: url } = tool;
  return {
    ...tool,
    ...(authorization === undefined ? {} : { authorization: redacted }),
    ...(typeof headers === 'object' && headers !== null
      ? { headers: Object.fromEntries(Object.keys(headers).map((name) => [name, redacted])) }
      : {}),
    ...(typeof url === 'string' ? { server_url: redactUrl(url) } : {}),
  };
}

/** Some servers take their key in the query, or as user and password. */
const redactUrl = (url: string): string =>
  url.replace(/\?.*$/s, `?${redacted}`).replace(/^(\w+:\/\/)[^/]*@/, `$1${redacted}@`);
