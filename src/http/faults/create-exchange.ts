import type { Request, Response } from 'express';
import type { Exchange } from '../../exchange.ts';
import { disturbReply } from './disturb-reply.ts';

/** Creates the exchange of a valid request. The reply to a background request is not disturbed: only its run is. */
export function createExchange(request: Request, response: Response, path: string): Exchange {
  const { stream, background }: { stream?: unknown; background?: unknown } = request.body ?? {};
  const isStream = stream === true;
  let isDisturbed = background === true && !isStream;
  return {
    path,
    headers: request.headers,
    isStream,
    disturb(fault) {
      if (isDisturbed || response.writableEnded || response.destroyed) return;
      isDisturbed = true;
      disturbReply(response, fault, { isStream });
    },
  };
}
