import { ApiError } from '../errors/api-error.ts';

const beginnings = {
  image: ['http://', 'https://', 'data:'],
  file: ['http://', 'https://'],
};

/**
 * Lets URLs of the web through, and for an image those that hold it themselves. Throws `invalid_value` for any other: an
 * agent fetches what it is given, and a file of its own machine is not the client's to name.
 */
export function checkUrl(url: string, kind: keyof typeof beginnings, param: string): void {
  if (isAllowedUrl(url, kind)) return;
  const list = beginnings[kind].map((beginning) => `'${beginning}'`).join(', ');
  throw new ApiError('invalid_value', `Invalid '${param}': expected a URL that begins with one of ${list}.`, { param });
}

/** Whether a URL is one that `checkUrl` lets through. */
export function isAllowedUrl(url: string, kind: keyof typeof beginnings): boolean {
  return beginnings[kind].some((beginning) => url.slice(0, beginning.length).toLowerCase() === beginning);
}
