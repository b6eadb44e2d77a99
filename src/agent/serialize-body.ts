/**
 * Returns the JSON text of a request. Half a surrogate pair, which a client or a model may have sent, becomes U+FFFD:
 * parsers in Python and Rust refuse a whole request for it.
 */
export function serializeBody(body: object): string {
  const text = JSON.stringify(body);
  // JSON.stringify escapes lone surrogates only. An escape that a text quotes looks the same, and stays as it is.
  return text.includes('\\ud') ? JSON.stringify(body, toWellFormed) : text;
}

function toWellFormed(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.toWellFormed() : value;
}
