import { ApiError } from '../errors/api-error.ts';

const prefixes = {
  image: ['http://', 'https://', 'data:'],
  file: ['http://', 'https://'],
};

/**
 * Accepts web URLs, and data URLs for an image. Throws `invalid_value` for any other scheme: the agent fetches the URL,
 * and a client must not reach the files of its machine.
 */
export function checkUrl(url: string, kind: keyof typeof prefixes, param: string): void {
  if (isAllowedUrl(url, kind)) return;
  const list = prefixes[kind].map((prefix) => `'${prefix}'`).join(', ');
  throw new ApiError('invalid_value', `Invalid '${param}': expected a URL that starts with one of ${list}.`, { param });
}

/** Whether `checkUrl` accepts a URL. */
export function isAllowedUrl(url: string, kind: keyof typeof prefixes): boolean {
  return prefixes[kind].some((prefix) => url.slice(0, prefix.length).toLowerCase() === prefix);
}
