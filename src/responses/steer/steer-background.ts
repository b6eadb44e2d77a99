import type { ResponseId } from '../../ids.ts';
import type { TraceContext } from '../../trace-context.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { refuseSteering } from './refuse-steering.ts';
import { Steering } from './steering.ts';

interface BackgroundRun {
  id: ResponseId;
  tenant: string;
  request: ResponseRequest;
  trace?: TraceContext | undefined;
}

/** Makes a background response steerable by operators. `undefined`: its request does not allow that. */
export function steerBackground(run: BackgroundRun, deps: ResponsesDeps): Steering | undefined {
  const { request } = run;
  if (refuseSteering(request) || request.store === false) return undefined;
  return new Steering({ ...run, deps: () => deps, isDetached: true });
}
