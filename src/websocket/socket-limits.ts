import { limits } from '../config/limits.ts';

/** The bounds of one connection. */
export interface SocketLimits {
  connectionMs: number;
  silenceMs: number;
  closeMs: number;
  turns: number;
  lanes: number;
  queuedFrames: number;
  steers: number;
  tenantQueuedBytes: number;
  connections: number;
  bufferedBytes: number;
  responses: number;
  responseCharacters: number;
  tenantResponseCharacters: number;
}

export const socketLimits: SocketLimits = {
  connectionMs: limits.socketConnectionMs,
  silenceMs: limits.socketSilenceMs,
  closeMs: limits.socketCloseMs,
  turns: limits.socketTurns,
  lanes: limits.socketLanes,
  queuedFrames: limits.socketQueuedFrames,
  steers: limits.socketSteers,
  tenantQueuedBytes: limits.socketTenantQueuedBytes,
  connections: limits.sockets,
  bufferedBytes: limits.socketBufferedBytes,
  responses: limits.socketResponses,
  responseCharacters: limits.socketResponseCharacters,
  tenantResponseCharacters: limits.socketTenantResponseCharacters,
};
