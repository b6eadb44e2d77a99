import { WebSocket } from 'ws';
import { ApiError } from '../errors/api-error.ts';
import type { Lane } from './lanes.ts';
import { toErrorMessage } from './to-error-message.ts';

const messageTooBig = 1009;

/** A WebSocket that sends an error before it closes, even when the library closes it. */
export class ResponseSocket extends WebSocket {
  /** The most bytes of a message, for the error message. */
  maxMessageBytes = 0;

  override close(code?: number, reason?: string | Buffer): void {
    if (code === messageTooBig) {
      this.sendError(
        new ApiError('request_too_large', `Message too large. Expected at most ${this.maxMessageBytes} bytes.`),
      );
    }
    super.close(code, reason);
  }

  sendError(error: ApiError, lane?: Lane): void {
    if (this.readyState === WebSocket.OPEN) this.send(JSON.stringify(toErrorMessage(error, lane)));
  }
}
