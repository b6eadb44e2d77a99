export interface CurlRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
}

/** The command that sends the same. The key is left to a variable: what is copied is often shown to others. */
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

/** For a POSIX shell. */
function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
