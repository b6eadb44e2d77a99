/** Headers of the connection and the body, which an HTTP client sets itself. */
const connectionHeaders = new Set([
  'accept-encoding',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether an HTTP client sets a header itself. In any letter case. */
export const isConnectionHeader = (name: string): boolean => connectionHeaders.has(name.toLowerCase());

/** A token (RFC 9110, 5.6.2) of at most 100 characters. */
export const isHeaderName = (name: string): boolean => /^[!#$%&'*+.^_`|~\w-]{1,100}$/.test(name);

/** Visible ASCII characters, with spaces between them. */
export const isHeaderValue = (value: string): boolean => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value);
