import type { ApiError } from '../errors/api-error.ts';
import type { BodyPlace } from './body/body-places.ts';

declare global {
  // Express reads this merged interface as the type of `response.locals`.
  namespace Express {
    interface Locals {
      requestId: string;
      /** The API key's owner, set once authenticated. */
      tenant?: string;
      /** Of a large body. */
      bodyPlace?: BodyPlace;
      /** What the request failed with, for its log line. */
      error?: ApiError;
    }
  }
}
