import type { Schemas } from '../contract/types.ts';
import { isObject } from '../json/is-object.ts';
import { tryParseJson } from '../json/try-parse-json.ts';

type WireError = Schemas['ErrorResponse']['error'];

/** A refusal of the server, such as that of an invalid rule. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly status: number;
  readonly code: string;
  /** The path of the invalid value: `rules[0].reply.text`. */
  readonly param: string | null;

  constructor(status: number, { code, message, param }: WireError) {
    super(param === null ? message : `${param}: ${message}`);
    this.status = status;
    this.code = code ?? '';
    this.param = param;
  }
}

/** Sends a request to an operation under `/admin/v1`. Rejects with an AdminError. */
export type AdminClient = <Body>(method: string, path: string, body?: object) => Promise<Body>;

export function createAdminClient(url: string, key: string | undefined): AdminClient {
  return async <Body>(method: string, path: string, body?: object) => {
    const response = await fetch(`${url}/admin/v1${path}`, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const reply = tryParseJson(await response.text());
    // A server that replies with 200 keeps its contract.
    if (response.ok && reply !== undefined) return reply as Body;
    throw new AdminError(response.status, readError(reply) ?? unexpected(`${method} ${response.url}`));
  };
}

const readError = (reply: unknown): WireError | undefined =>
  isObject(reply) && isObject(reply['error']) ? (reply['error'] as WireError) : undefined;

/** Another server listens at this address. */
const unexpected = (request: string): WireError => ({
  message: `Unexpected reply to ${request}. Is it a Talaria server?`,
  type: 'server_error',
  param: null,
  code: 'internal_error',
});
