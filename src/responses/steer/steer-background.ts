import type { ResponseId } from '../../ids.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { refuseSteering } from './refuse-steering.ts';
import { Steering } from './steering.ts';

interface BackgroundRun {
  id: ResponseId;
  tenant: string;
  request: ResponseRequest;
}

/** Makes a background response steerable by operators. `undefined`: its request does not allow that. */
export function steerBackground({ id, tenant, request }: BackgroundRun, deps: ResponsesDeps): Steering | undefined {
  if (refuseSteering(request) || request.store === false) return undefined;
  return new Steering({ id, tenant, request, deps: () => deps, isDetached: true });
}
