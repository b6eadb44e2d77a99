import type { Source } from '../judge/obligations.ts';
import type { Session } from './session.ts';

/** A broken SHOULD is reported and doesn't fail the run. */
export type Level = 'MUST' | 'SHOULD';

export interface Audit {
  /** `area.what`, stable: reports and `--only` name it. */
  id: `${string}.${string}`;
  /** The passing behaviour, as a sentence without its subject. */
  title: string;
  level: Level;
  /** The only contract that makes it a MUST. When omitted, both do, or a client that breaks without it. */
  contract?: Source;
  /** The source: OpenAI's API reference, an Open Responses clause, or a client that breaks without it. */
  clause: string;
  /** Returns when the server passes. Throws a Failure, Unsupported, Inconclusive or Skipped otherwise. */
  run(session: Session): Promise<void>;
}

export interface Area {
  name: string;
  title: string;
  audits: readonly Audit[];
}
