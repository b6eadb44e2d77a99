import { UsageError } from './command.ts';

/** Parses the URL of an API. Throws a UsageError that ends in `advice` for a URL with credentials, query or fragment. */
export function toApiUrl(word: string, advice: string): URL {
  const url = URL.parse(word);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:')
    throw new UsageError(`"${word}" is invalid: expected an http(s) URL.`);
  if (url.search || url.hash || url.username || url.password) {
    throw new UsageError(`The URL must not contain a query, fragment or credentials: ${advice}.`);
  }
  return url;
}
