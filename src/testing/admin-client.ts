import type { Schemas } from '../contract/types.ts';

/** A refusal of the server, such as that of an invalid rule. */
export class AdminError extends Error {
  override readonly name = 'AdminError';
  readonly status: number;
  readonly code: string;
  /** The path of the invalid value: `rules[0].reply.text`. */
  readonly param: string | null;

  constructor(status: number, { code, message, param }: Schemas['ErrorResponse']['error']) {
    super(param === null ? message : `${param}: ${message}`);
    this.status = status;
    this.code = code ?? '';
    this.param = param;
  }
}

/** Sends a request to an operation under `/admin/v1`. Rejects with an AdminError. */
export type AdminClient = <Body>(method: string, path: string, body?: object) => Promise<Body>;

export function createAdminClient(url: string, key: string | undefined): AdminClient {
  return async (method, path, body) => {
    const response = await fetch(`${url}/admin/v1${path}`, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    // The server keeps its contract. Another one at this address gets a readable error.
    const reply = await response.json().catch(() => undefined);
    if (response.ok && reply !== undefined) return reply;
    const unknown = { code: 'unknown', message: `Unexpected reply to ${method} ${response.url}.`, param: null };
    throw new AdminError(response.status, { type: 'invalid_request_error', ...unknown, ...reply?.error });
  };
}
