import type { IncomingHttpHeaders } from 'node:http';
import type { Socket } from 'node:net';
import type { ApiError } from '../errors/api-error.ts';
import type { Exchange } from '../exchange.ts';
import type { JournalRecord } from '../request-journal/journal-record.ts';
import type { RequestJournal } from '../request-journal/request-journal.ts';
import { encodeSse } from '../sse/encode-sse.ts';

export interface TurnJournalOptions {
  journal: RequestJournal;
  wire: Socket;
  tenant: string;
  requestId: string;
  headers: IncomingHttpHeaders;
}

/** Records the turns of one connection in the journal. */
export class TurnJournal {
  readonly #options: TurnJournalOptions;
  #turns = 0;

  constructor(options: TurnJournalOptions) {
    this.#options = options;
  }

  open(): JournaledTurn {
    const { journal, wire, tenant, requestId, headers } = this.#options;
    this.#turns += 1;
    const id = `${requestId}.${this.#turns}`;
    const record = journal.open({ id, transport: 'websocket', method: 'GET', path: '/v1/responses', headers });
    Object.assign(record, { tenant, operation: 'createResponse' });
    return new JournaledTurn(journal, record, wire);
  }
}

/** One turn, as a request whose reply is the stream of its events. */
export class JournaledTurn {
  readonly #journal: RequestJournal;
  readonly #record: JournalRecord;
  readonly #wire: Socket;
  /** Whether events had no connection left. */
  #isCut = false;
  exchange: Exchange | undefined;

  constructor(journal: RequestJournal, record: JournalRecord, wire: Socket) {
    this.#journal = journal;
    this.#record = record;
    this.#wire = wire;
    record.reply.isStream = true;
  }

  /** Adds the turn, with its frame. */
  read(body: unknown, bodyBytes: number): void {
    Object.assign(this.#record, { body, bodyBytes });
    this.#journal.add(this.#record);
  }

  /** Adds events that are about to be sent, unless the connection is gone: by a fault, or with the client. */
  sent(events: readonly object[]): void {
    this.#isCut ||= this.#wire.destroyed;
    if (this.#isCut) return;
    this.#record.status = 200;
    for (const event of events) this.#record.reply.add(encodeSse(JSON.stringify(event)));
  }

  /** Ends the turn. `failure` is that of its response, or the reason why it has none. */
  end(failure: ApiError | undefined): void {
    const record = this.#record;
    if (record.position === 0) this.#journal.add(record);
    record.verdict = this.exchange?.verdict;
    this.#journal.end(record, {
      outcome: this.#toOutcome(failure),
      status: record.status ?? failure?.status,
      error: failure && { code: failure.wireCode, message: failure.message },
    });
  }

  #toOutcome(failure: ApiError | undefined): JournalRecord['outcome'] {
    if (!this.#isCut && failure?.code !== 'request_cancelled') return 'completed';
    return this.#wire.readableEnded || this.#wire.errored !== null ? 'client_left' : 'cut_short';
  }
}
