/** A reply of the conforming server, or a replacement. */
export interface PassedReply {
  status: number;
  headers: Record<string, string>;
  text: string;
}

export function toJson(status: number, body: unknown): PassedReply {
  return { status, headers: { 'content-type': 'application/json' }, text: JSON.stringify(body) };
}

export const toError = (message: string) => ({
  error: { message, type: 'invalid_request_error', param: null, code: 'broken' },
});
