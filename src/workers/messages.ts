/** Sent by a worker to the primary process. */
export interface WorkerReport {
  kind: 'listening';
  url: string;
}

/** Sent by the primary process to its workers. */
export type WorkerOrder = { kind: 'stop'; signal: NodeJS.Signals } | { kind: 'reload' };
