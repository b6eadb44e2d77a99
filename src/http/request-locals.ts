import type { ApiError } from '../errors/api-error.ts';
import type { BodySlot } from './body/body-slots.ts';

declare global {
  // Express reads this merged interface as the type of `response.locals`.
  namespace Express {
    interface Locals {
      requestId: string;
      /** The API key's owner, set once authenticated. */
      tenant?: string;
      /** Whether the API key is an operator's. */
      isOperator?: boolean;
      /** The slot of a large body. */
      bodySlot?: BodySlot;
      /** The error of a failed request, for its log line. */
      error?: ApiError;
    }
  }
}
