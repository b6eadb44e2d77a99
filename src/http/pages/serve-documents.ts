import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, Router } from 'express';
import { serveWithOptions } from 'swagger-ui-express';
import type { Contract } from '../../contract/load-contract.ts';
import { protectPages } from './protect-pages.ts';
import { serveText } from './serve-text.ts';

/**
 * Serves the contract at `/openapi.yaml` and `/openapi.json`, cacheable by ETag, and its reference and the guides at
 * `/docs`. Redirects browsers from `/` to `/docs/`.
 */
export function serveDocuments(contract: Contract): Router {
  const router = Router();
  router.get('/openapi.yaml', serveText(contract.yaml, 'application/yaml'));
  router.get('/openapi.json', serveText(contract.json, 'application/json'));
  router.get('/', redirectBrowsers);
  router.get(/^\/docs/, redirectToPage);
  // Our pages come first. Swagger UI serves only its script, style and icon.
  const files = express.static(pages, { extensions: ['html'], redirect: false });
  // `redirect: false`: an unknown path gets the error envelope.
  router.use('/docs', passPackage, protectPages, files, ...serveWithOptions({ redirect: false }));
  return router;
}

/** Pages built by `npm run docs`. */
const pages = fileURLToPath(new URL('../../../generated/docs/', import.meta.url));

/**
 * Maps paths with a missing or an extra slash to the page's own path, which its relative links need. The static file
 * handler would redirect to every folder, and most folders have no page.
 */
const redirects = new Map([
  ['/docs', '/docs/'],
  ['/docs/guide', '/docs/guide/getting-started'],
  ['/docs/guide/', '/docs/guide/getting-started'],
  ...globSync('**/*.html', { cwd: pages }).map((file) => {
    const address = `/docs/${file.replaceAll('\\', '/').replace(/\.html$/, '')}`;
    return [`${address}/`, address] as const;
  }),
]);

const redirectToPage: RequestHandler = ({ path }, response, next) => {
  const address = redirects.get(path);
  if (address === undefined) next();
  else response.redirect(address);
};

const passPackage: RequestHandler = ({ path }, _response, next) => {
  if (path.endsWith('/package.json')) next('router');
  else next();
};

/** Redirects browsers. Other clients get the error envelope. */
const redirectBrowsers: RequestHandler = (request, response, next) => {
  if (request.accepts(['json', 'html']) !== 'html') return next();
  response.vary('accept').redirect('/docs/');
};
