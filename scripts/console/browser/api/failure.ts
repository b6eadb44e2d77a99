/** An error reply of the API, or none: then the status is 0. */
export class ApiFailure extends Error {
  readonly status: number;
  readonly code: string | null;

  constructor(message: string, status = 0, code: string | null = null) {
    super(message);
    this.status = status;
    this.code = code;
  }

  static from(reason: unknown): ApiFailure {
    return reason instanceof ApiFailure ? reason : new ApiFailure(String(reason));
  }
}

/** Reads OpenAI's error envelope. A proxy in front of the server may send something else. */
export async function readFailure(reply: Response): Promise<ApiFailure> {
  try {
    const { error } = await reply.json();
    return new ApiFailure(String(error.message), reply.status, error.code ?? null);
  } catch {
    return new ApiFailure(`The server answered with status ${reply.status}.`, reply.status);
  }
}

const words: Record<string, string> = {
  approval_conflict: 'Another operator or the client has answered this request. Your answer had no effect.',
  approval_expired: 'This request has expired. Nothing ran. The model has to ask again.',
  approval_not_found: 'This request no longer exists: its response was deleted.',
  run_not_found: 'No run has this ID, or its record has expired.',
  response_not_found: 'No response has this ID, or it was deleted.',
  conversation_not_found: 'No conversation has this ID, or it was deleted.',
};

/** Says in plain words what a failure means to the operator. */
export function describeFailure({ code, message }: ApiFailure): string {
  return words[code ?? ''] ?? message;
}
