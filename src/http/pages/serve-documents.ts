import { type RequestHandler, Router } from 'express';
import type { Contract } from '../../contract/load-contract.ts';
import { compressPages } from './compress-pages.ts';
import { protectPages } from './protect-pages.ts';
import { redirectToPage, servePages } from './serve-pages.ts';
import { serveSwaggerUi } from './serve-swagger-ui.ts';
import { serveText } from './serve-text.ts';

/**
 * Serves the contract at `/openapi.yaml` and `/openapi.json`, cacheable by ETag, and the docs at `/docs`. Redirects
 * browsers from `/` to `/docs/`.
 */
export function serveDocuments(contract: Contract): Router {
  const router = Router();
  router.get('/openapi.yaml', compressPages, serveText(contract.readYaml(), 'application/yaml'));
  router.get('/openapi.json', compressPages, serveText(contract.readJson(), 'application/json'));
  router.get('/', redirectBrowsers);
  router.get(/^\/docs/, redirectToPage);
  router.use('/docs', protectPages, compressPages, servePages());
  router.use('/docs/swagger-ui', ...serveSwaggerUi());
  return router;
}

/** Redirects browsers. Other clients get the error envelope. */
const redirectBrowsers: RequestHandler = (request, response, next) => {
  if (request.accepts(['json', 'html']) !== 'html') return next();
  response.vary('accept').redirect('/docs/');
};
