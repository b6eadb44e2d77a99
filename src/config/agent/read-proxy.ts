import type { SettingSource } from './setting-source.ts';

/** Connects directly, even if the environment names a proxy. */
export const noProxy = 'none';

/** Reads the URL of a proxy, or `none`. */
export function readProxy(source: SettingSource): string {
  const text = source.text();
  if (text === noProxy) return text;
  return toProxyUrl(text) ?? source.fail(`must be ${proxyRule}, or "${noProxy}"`);
}

export const proxyRule = 'the http(s) URL of a proxy, such as http://proxy.example.org:3128';

/** Returns the URL of an HTTP proxy. A host and port alone mean `http://`, as in most programs. */
export function toProxyUrl(text: string): string | undefined {
  const url = URL.parse(text.includes('://') ? text : `http://${text}`);
  if (url === null || !/^https?:$/.test(url.protocol) || url.hostname === '') return undefined;
  return isDecodable(url.username) && isDecodable(url.password) ? url.href : undefined;
}

function isDecodable(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}
