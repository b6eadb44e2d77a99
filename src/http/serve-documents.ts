import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, Router } from 'express';
import { serveWithOptions } from 'swagger-ui-express';
import type { Contract } from '../contract/load-contract.ts';

/**
 * `/openapi.yaml` and `/openapi.json`, cacheable by ETag, and `/docs`: the contract to be read and tried out, and the
 * guides. A browser that opens the server's address is led there.
 */
export function serveDocuments(contract: Contract): Router {
  const router = Router();
  router.get('/openapi.yaml', serveText(contract.yaml, 'application/yaml'));
  router.get('/openapi.json', serveText(contract.json, 'application/json'));
  router.get('/', leadBrowsers);
  router.get(/^\/docs/, leadToPage);
  // Our pages come first; of Swagger UI only its program, its style and its icon are left to serve.
  const files = express.static(pages, { extensions: ['html'], redirect: false });
  // Swagger UI would answer that in words of its own.
  router.use('/docs', passPackage, protectPages, files, ...serveWithOptions({ redirect: false }));
  return router;
}

/** Made by `npm run generate`, so that nothing has to be rendered here. */
const pages = fileURLToPath(new URL('../../generated/docs/', import.meta.url));

/**
 * Where a page is that is asked for with a slash too few or too many; its own links need the one address. Static files
 * would lead to every folder instead, and only one has a page.
 */
const leads = new Map([
  ['/docs', '/docs/'],
  ['/docs/guide', '/docs/guide/getting-started'],
  ['/docs/guide/', '/docs/guide/getting-started'],
  ...globSync('**/*.html', { cwd: pages }).map((file) => {
    const address = `/docs/${file.replaceAll('\\', '/').replace(/\.html$/, '')}`;
    return [`${address}/`, address] as const;
  }),
]);

const leadToPage: RequestHandler = ({ path }, response, next) => {
  const address = leads.get(path);
  if (address === undefined) next();
  else response.redirect(address);
};

/**
 * The pages take scripts and styles from this server only, none of them inline, talk to it alone and can't be framed.
 * Swagger UI holds its icons in `data:` addresses.
 */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const protectPages: RequestHandler = (_request, response, next) => {
  response.setHeader('content-security-policy', policy);
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  next();
};

const passPackage: RequestHandler = ({ path }, _response, next) => {
  if (path.endsWith('/package.json')) next('router');
  else next();
};

/** A program has no use for a page: it gets the error that says so. */
const leadBrowsers: RequestHandler = (request, response, next) => {
  if (request.accepts(['json', 'html']) !== 'html') return next();
  response.vary('accept').redirect('/docs/');
};

function serveText(text: string, type: string): RequestHandler {
  const bytes = Buffer.from(text);
  const etag = `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 27)}"`;
  return (request, response) => {
    const headers = { etag, 'cache-control': 'public, max-age=0, must-revalidate' };
    const known = request.headers['if-none-match']?.split(',').map((tag) => tag.trim().replace(/^W\//, ''));
    if (known?.includes(etag) || known?.includes('*')) {
      response.writeHead(304, headers).end();
      return;
    }
    response.writeHead(200, { ...headers, 'content-type': `${type}; charset=utf-8`, 'content-length': bytes.length });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  };
}
