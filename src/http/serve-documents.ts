import { createHash } from 'node:crypto';
import { type RequestHandler, Router } from 'express';
import { serveFiles, setup } from 'swagger-ui-express';
import type { Contract } from '../contract/load-contract.ts';

/** `/openapi.yaml` and `/openapi.json`, cacheable by ETag, and `/docs`: the contract as a page that can try it out. */
export function serveDocuments(contract: Contract): Router {
  const router = Router();
  router.get('/openapi.yaml', serveText(contract.yaml, 'application/yaml'));
  router.get('/openapi.json', serveText(contract.json, 'application/json'));
  const options = {
    swaggerUrl: '/openapi.json',
    customSiteTitle: contract.document.info.title,
    // The bar holds a box to load other documents; with one contract and one server there is nothing to choose.
    customCss: '.swagger-ui .topbar, .swagger-ui .servers-title, .swagger-ui .servers { display: none }',
    swaggerOptions: {
      persistAuthorization: true,
      displayRequestDuration: true,
      tryItOutEnabled: true,
      // Closed until asked for: drawing all schemas of the contract takes seconds.
      defaultModelsExpandDepth: 0,
    },
  };
  router.use('/docs', serveFiles(undefined, options), setup(undefined, options));
  return router;
}

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
