import type { Session } from './session.ts';

/** SHOULD: what breaks it is told, and doesn't fail the run. */
export type Level = 'MUST' | 'SHOULD';

export interface Audit {
  /** `area.what`, stable: reports and `--only` name it. */
  id: `${string}.${string}`;
  /** What a server does that passes, as a sentence without its subject. */
  title: string;
  level: Level;
  /** Where it comes from: OpenAI's API reference, a clause of Open Responses, or a client that breaks without it. */
  clause: string;
  /** Returns when the server passes. Throws a Failure, Unsupported, Inconclusive or Skipped otherwise. */
  run(session: Session): Promise<void>;
}

export interface Area {
  name: string;
  title: string;
  audits: readonly Audit[];
}
