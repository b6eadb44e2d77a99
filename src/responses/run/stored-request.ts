import { constants } from 'node:buffer';
import { isObject } from '../../json/is-object.ts';
import type { Sealer } from '../../seal/seal.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';

/** A request as it is stored, to be run again by any server. */
interface SealedRequest {
  sealed: string;
}

interface RequestScope {
  sealer: Sealer;
  tenant: string;
}

/** Returns the field of a new log from which another server can resume the run; none when servers do not resume runs. */
export function toResumable(
  request: ResponseRequest,
  { resumes, sealer }: Pick<ResponsesDeps, 'resumes' | 'sealer'>,
  tenant: string,
): { request?: string } {
  return resumes ? { request: packRequest(request, { sealer, tenant }) } : {};
}

/** Returns the JSON text of a request. One that holds secrets of MCP servers is sealed. */
export function packRequest(request: ResponseRequest, { sealer, tenant }: RequestScope): string {
  const text = JSON.stringify(request);
  if (!hasSecrets(request)) return text;
  return JSON.stringify({ sealed: sealer.seal({ tenant, kind: 'request' }, text) } satisfies SealedRequest);
}

/** Returns the request in a stored text. It needs no validation: it was validated when it arrived. */
export function unpackRequest(text: string, { sealer, tenant }: RequestScope): ResponseRequest {
  const stored: ResponseRequest | SealedRequest = JSON.parse(text);
  if (!('sealed' in stored) || typeof stored.sealed !== 'string') return stored as ResponseRequest;
  const opened = sealer.open({ tenant, kind: 'request' }, stored.sealed, constants.MAX_STRING_LENGTH);
  if (opened === undefined) throw new Error('The stored request was sealed with another key.');
  return JSON.parse(opened);
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
