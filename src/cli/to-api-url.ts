import { UsageError } from './command.ts';

/** A word that is an API's address. Throws a UsageError for any other; `elsewhere` says where what it may not hold goes. */
export function toApiUrl(word: string, elsewhere: string): URL {
  const url = URL.parse(word);
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new UsageError(`"${word}" is not an http(s) URL.`);
  if (url.search || url.hash || url.username || url.password) {
    throw new UsageError(`The URL takes no query, fragment or credentials: ${elsewhere}.`);
  }
  return url;
}
