import type { ApiError } from '../errors/api-error.ts';
import type { BodySlot } from './body/body-slots.ts';

declare global {
  // Express reads this merged interface as the type of `response.locals`.
  namespace Express {
    interface Locals {
      requestId: string;
      /** The API key's owner, set once authenticated. */
      tenant?: string;
      /** Of a large body. */
      bodySlot?: BodySlot;
      /** What the request failed with, for its log line. */
      error?: ApiError;
    }
  }
}
