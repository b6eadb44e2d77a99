import type { RequestHandler } from 'express';

const models = '/v1/models/';

/**
 * Escapes the slashes of a model's ID in the path. Clients send `/v1/models/org/name:8b` as it is, and a path parameter
 * of OpenAPI ends at a slash.
 */
export const escapeModelId: RequestHandler = (request, _response, next) => {
  if (request.url.startsWith(models)) {
    const [path = '', ...query] = request.url.slice(models.length).split('?');
    const id = path.replace(/\/$/, '').replaceAll('/', '%2F');
    request.url = [models + id, ...query].join('?');
  }
  next();
};
