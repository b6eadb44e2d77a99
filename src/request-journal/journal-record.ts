import type { IncomingHttpHeaders } from 'node:http';
import type { Schemas } from '../contract/types.ts';
import type { RuleVerdict } from '../exchange.ts';
import type { RecordedReply } from './recorded-reply.ts';

/** The facts about a request at its arrival. */
export interface RequestArrival {
  id: string;
  transport: Schemas['JournalTransport'];
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
}

/** A request, as the journal holds it: raw, because most requests are never read again. */
export interface JournalRecord extends RequestArrival {
  /** Position in the journal; 0: not in it. */
  position: number;
  /** In milliseconds since 1970. */
  arrivedAt: number;
  operation: string | undefined;
  tenant: string | undefined;
  body: unknown;
  /** Bytes of the body as JSON. A body that is too large isn't held. */
  bodyBytes: number;
  isBodyTruncated: boolean;
  outcome: Schemas['JournalOutcome'];
  status: number | undefined;
  error: { code: string; message: string } | undefined;
  milliseconds: number | undefined;
  reply: RecordedReply;
  /** Undefined: the agent has no rules, or the request didn't reach it. */
  verdict: RuleVerdict | undefined;
}
