/** A body, or one event of a stream, is larger than `limits.mcpMessageBytes`. */
export class MessageTooLargeError extends Error {
  override readonly name = 'MessageTooLargeError';
}

/** The address of a server is not public. The message has no address: it would tell a client about the network. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';

  constructor() {
    super('its address is not public');
  }
}

/** The server failed, and is not started again yet. The message is the end of a sentence. */
export class ServerDownError extends Error {
  override readonly name = 'ServerDownError';
}

/** The message of an error response for a request whose stream ended. */
export const streamEnded = 'the stream ended without a result';
