export interface CurlRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
}

/** Returns the curl command of a request. The key becomes a variable, because commands are often shared. */
export function toCurl({ method, url, headers, body }: CurlRequest): string {
  const shown = Object.entries(headers).flatMap(([name, value]) => {
    const lower = name.toLowerCase();
    if (lower === 'authorization') return ['-H "Authorization: Bearer $API_SERVER_KEY"'];
    return lower === 'accept' ? [] : [`-H ${quote(`${name}: ${value}`)}`];
  });
  const verb = method === 'GET' || (method === 'POST' && body !== undefined) ? [] : [`-X ${method}`];
  const data = body === undefined ? [] : [`-d ${quote(body)}`];
  return [`curl -N ${quote(url)}`, ...verb, ...shown, ...data].join(' \\\n  ');
}

/** Quotes text for a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
