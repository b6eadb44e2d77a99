import type { Server } from '../scenario.ts';

/** A program to measure: Talaria, a floor, or another server with the same API. */
export interface Candidate {
  /** The heading of its columns. */
  name: string;
  start(place: Place): Promise<Server>;
}

export interface Place {
  /** The address of the upstream, without `/v1`. */
  upstream: string;
  /** An empty folder for the files of this process. */
  folder: string;
}
