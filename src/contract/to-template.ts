import type { Request } from 'express';

/** Returns the path of a request's route as the contract writes it: `/v1/responses/{response_id}`. */
export function toTemplate(request: Request): string {
  const path: string = request.route.path;
  return path.replaceAll(/:(\w+)/g, '{$1}');
}
