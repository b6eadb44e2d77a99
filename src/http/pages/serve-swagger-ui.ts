import type { RequestHandler } from 'express';
import { serveWithOptions } from 'swagger-ui-express';

/** The files of Swagger UI that its page loads. Others, such as its example page, are not served. */
const loaded: ReadonlySet<string> = new Set(['/swagger-ui-bundle.js', '/swagger-ui.css']);

/**
 * Serves Swagger UI's script and style. Their addresses name its version, so browsers may keep them. In the published
 * package, `npm run build` has bundled this module with its dependency: see scripts/bundle-swagger-ui.ts.
 */
export function serveSwaggerUi(): RequestHandler[] {
  return [passOthers, ...serveWithOptions({ redirect: false, immutable: true, maxAge: '1y' })];
}

const passOthers: RequestHandler = ({ path }, _response, next) => {
  if (loaded.has(path)) next();
  else next('router');
};
