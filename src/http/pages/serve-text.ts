import { createHash } from 'node:crypto';
import type { RequestHandler } from 'express';

/** Serves a text that doesn't change while the server runs, cacheable by ETag. */
export function serveText(text: string, type: string): RequestHandler {
  const bytes = Buffer.from(text);
  // Weak, because the text may be compressed on its way.
  const etag = `W/"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  const headers = { etag, 'cache-control': 'public, max-age=0, must-revalidate' };
  return (request, response) => {
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^(?!W\/|\*)/, 'W/'));
    if (known?.includes(etag) || known?.includes('*')) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8`, 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
}
