import { constants } from 'node:zlib';
import compression from 'compression';
import type { RequestHandler } from 'express';

/** Higher qualities take several times as long and save a few percent. */
const quality = 6;

/** Compresses pages, their scripts and the contract with Brotli or gzip. Replies of the API are never compressed. */
export const compressPages: RequestHandler = compression({
  // The library doesn't know YAML.
  filter: (request, response) =>
    String(response.getHeader('content-type')).startsWith('application/yaml') || compression.filter(request, response),
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: quality } },
});
