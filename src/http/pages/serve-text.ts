import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RequestHandler } from 'express';

/** Serves a text that doesn't change while the server runs, cacheable by ETag. */
export function serveText(text: string, type: string): RequestHandler {
  const bytes = Buffer.from(text);
  return serveVariant(bytes, { etag: toEtag(bytes), 'content-type': `${type}; charset=utf-8` });
}

/** As `serveText`, compressed for clients that accept it. Compresses at the first request. */
export function serveCompressedText(text: string, type: string): RequestHandler {
  const plain = serveText(text, type);
  let compressed: RequestHandler | undefined;
  return (request, response, next) => {
    response.vary('accept-encoding');
    if (request.acceptsEncodings(['gzip', 'identity']) !== 'gzip') return plain(request, response, next);
    compressed ??= compress(text, type);
    return compressed(request, response, next);
  };
}

function compress(text: string, type: string): RequestHandler {
  const bytes = gzipSync(text);
  const headers = { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'gzip' };
  return serveVariant(bytes, { etag: toEtag(bytes), ...headers });
}

function serveVariant(bytes: Buffer, described: { etag: string; [name: string]: string }): RequestHandler {
  const { etag, ...content } = described;
  const headers = { etag, 'cache-control': 'public, max-age=0, must-revalidate' };
  return (request, response) => {
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known?.includes(etag) || known?.includes('*')) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, ...content, 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
}

function toEtag(bytes: Buffer): string {
  return `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
}
