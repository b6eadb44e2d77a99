import type { Request, RequestHandler, Response } from 'express';
import type { ErrorCode } from '../../errors/error-table.ts';
import type { JournalRecord } from '../../request-journal/journal-record.ts';
import type { RequestJournal } from '../../request-journal/request-journal.ts';
import { captureReply } from './capture-reply.ts';
import '../request-locals.ts';

export interface JournalHandlers {
  /** Records every request to the API, and its reply. */
  record: RequestHandler;
  /** Adds a request once its body is read. */
  addRead: RequestHandler;
}

/** Creates the handlers that keep the journal. */
export function journalRequests(journal: RequestJournal): JournalHandlers {
  const records = new WeakMap<Response, JournalRecord>();
  const add = (request: Request, response: Response): JournalRecord | undefined => {
    const record = records.get(response);
    if (!record || record.position > 0 || !isOfApi(response)) return record;
    const { operation, tenant } = response.locals;
    Object.assign(record, { operation: operation?.operationId, tenant, ...readBody(request) });
    journal.add(record);
    return record;
  };
  const end = (request: Request, response: Response, outcome: JournalRecord['outcome']) => {
    const record = add(request, response);
    if (!record || record.position === 0) return;
    const { error, exchange } = response.locals;
    record.verdict = exchange?.verdict;
    journal.end(record, {
      outcome,
      status: response.headersSent || outcome === 'completed' ? response.statusCode : undefined,
      error: error && { code: error.wireCode, message: error.message },
    });
  };

  return {
    record(request, response, next) {
      const { method, path, headers } = request;
      const record = journal.open({ id: response.locals.requestId, transport: 'http', method, path, headers });
      records.set(response, record);
      captureReply(response, {
        onText(text) {
          record.reply.isStream ||= isStream(response);
          record.status = response.statusCode;
          record.reply.add(text);
        },
        // A client that has its reply finds it in the journal.
        onEnd() {
          // A stream whose client has left ends, too.
          if (!response.closed) end(request, response, 'completed');
        },
      });
      response.once('close', () => {
        if (!response.writableFinished) end(request, response, hasLeft(request) ? 'client_left' : 'cut_short');
      });
      next();
    },
    addRead(request, response, next) {
      add(request, response);
      next();
    },
  };
}

/** The errors of requests that reach no operation. */
const strayCodes = new Set<ErrorCode>(['not_found', 'method_not_allowed', 'host_not_allowed']);

/** Whether the request is one of the API, or meant to be: a wrong base URL leads to an unknown path. */
function isOfApi({ locals: { operation, error } }: Response): boolean {
  if (operation) return operation.path.startsWith('/v1/');
  return error !== undefined && strayCodes.has(error.code);
}

const isStream = (response: Response): boolean =>
  String(response.getHeader('content-type') ?? '').startsWith('text/event-stream');

/** Whether the client closed the connection. The server doesn't read on once it has closed it. */
const hasLeft = ({ socket }: Request): boolean => socket.readableEnded || socket.errored !== null;

function readBody({ body, headers }: Request): Pick<JournalRecord, 'body' | 'bodyBytes'> {
  if (body === undefined) return { body, bodyBytes: 0 };
  // The length of a compressed body says little, and a chunked one has none.
  const declared = headers['content-encoding'] === undefined ? Number(headers['content-length']) : Number.NaN;
  return { body, bodyBytes: Number.isNaN(declared) ? JSON.stringify(body).length : declared };
}
