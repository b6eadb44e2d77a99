/** A reply of the sound server on its way to the client, or one in its place. */
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
