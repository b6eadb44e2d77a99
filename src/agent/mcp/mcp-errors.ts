/** A body, or one event of a stream, is larger than `limits.mcpMessageBytes`. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError';
}

/** The server failed, and is not started again yet. The message is the end of a sentence. */
export class ServerDownError extends Error {
  override readonly name = 'ServerDownError';
}

/** The message of an error response for a request whose stream ended. */
export const streamEnded = 'the stream ended without a result';
