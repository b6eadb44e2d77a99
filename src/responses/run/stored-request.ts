import { constants } from 'node:buffer';
import type { ApprovalWaiver } from '../../agent/loop/loop-request.ts';
import { isObject } from '../../json/is-object.ts';
import type { SealedKind, Sealer } from '../../seal/seal.ts';
import type { TraceContext } from '../../trace-context.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';

/** What another server needs to run a request again. */
export interface ResumableRequest {
  request: ResponseRequest;
  /** Calls that an operator has freed from approval. */
  waivers?: readonly ApprovalWaiver[] | undefined;
  /** The trace that the run belongs to. */
  trace?: TraceContext | undefined;
}

/** A request as it is stored, sealed. A request of a client can't be taken for one: only this server can seal. */
type SealedRequest = { sealed: string } | { sealedWithWaivers: string };

interface RequestScope {
  sealer: Sealer;
  tenant: string;
}

/** Returns the field of a new log from which another server can resume the run; none when servers do not resume runs. */
export function toResumable(
  request: ResumableRequest,
  { resumes, sealer }: Pick<ResponsesDeps, 'resumes' | 'sealer'>,
  tenant: string,
): { request?: string } {
  return resumes ? { request: packRequest(request, { sealer, tenant }) } : {};
}

/**
 * Returns the JSON text of a request, in an array with its trace. One that holds secrets of MCP servers, or an operator's
 * waivers, is sealed.
 */
export function packRequest({ trace, ...resumable }: ResumableRequest, scope: RequestScope): string {
  const text = sealRequest(resumable, scope);
  return trace ? `[${text},${JSON.stringify(trace)}]` : text;
}

/** Returns the request in a stored text. It needs no validation: it was validated when it arrived. */
export function unpackRequest(text: string, scope: RequestScope): ResumableRequest {
  const stored: StoredRequest | [StoredRequest, TraceContext] = JSON.parse(text);
  if (!Array.isArray(stored)) return openRequest(stored, scope);
  const [request, trace] = stored;
  return { ...openRequest(request, scope), trace };
}

/** Returns the trace in a stored text, even if its request cannot be opened. */
export function unpackTrace(text: string | undefined): TraceContext | undefined {
  const stored: StoredRequest | [StoredRequest, TraceContext] = JSON.parse(text ?? '{}');
  return Array.isArray(stored) ? stored[1] : undefined;
}

type StoredRequest = ResponseRequest | SealedRequest;

function sealRequest({ request, waivers = [] }: ResumableRequest, { sealer, tenant }: RequestScope): string {
  if (waivers.length > 0) {
    const text = JSON.stringify({ request, waivers } satisfies ResumableRequest);
    return toText({ sealedWithWaivers: sealer.seal({ tenant, kind: 'waived-request' }, text) });
  }
  const text = JSON.stringify(request);
  return hasSecrets(request) ? toText({ sealed: sealer.seal({ tenant, kind: 'request' }, text) }) : text;
}

function openRequest(stored: StoredRequest, { sealer, tenant }: RequestScope): ResumableRequest {
  const open = (kind: SealedKind, sealed: string) =>
    JSON.parse(sealer.open({ tenant, kind }, sealed, constants.MAX_STRING_LENGTH) ?? failToOpen());
  if ('sealedWithWaivers' in stored) return open('waived-request', String(stored.sealedWithWaivers));
  if ('sealed' in stored && typeof stored.sealed === 'string') return { request: open('request', stored.sealed) };
  return { request: stored as ResponseRequest };
}

const toText = (stored: SealedRequest): string => JSON.stringify(stored);

function failToOpen(): never {
  throw new Error('The stored request was sealed with another key.');
}

function hasSecrets({ tools, input }: ResponseRequest): boolean {
  const items = Array.isArray(input) ? input : [];
  const additional = items.flatMap((item) =>
    isObject(item) && item['type'] === 'additional_tools' && Array.isArray(item['tools']) ? item['tools'] : [],
  );
  return [...(tools ?? []), ...additional].some(
    (tool) =>
      isObject(tool) &&
      tool['type'] === 'mcp' &&
      (Boolean(tool['headers'] ?? tool['authorization']) || String(tool['server_url']).includes('?')),
  );
}
