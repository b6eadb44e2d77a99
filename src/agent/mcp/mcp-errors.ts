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

/** The stream of a call ended, and its result cannot come any more. */
export class StreamEndError extends Error {
  override readonly name = 'StreamEndError';

  constructor() {
    super('the stream ended without a result');
  }
}
