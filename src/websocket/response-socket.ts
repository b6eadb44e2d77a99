import { WebSocket } from 'ws';
import { ApiError } from '../errors/api-error.ts';
import { toErrorMessage } from './to-error-message.ts';

const messageTooBig = 1009;

/** A socket that says in an envelope why it closes, also where the library closes it by itself. */
export class ResponseSocket extends WebSocket {
  /** Bytes of the largest message it takes; for the error's text. */
  maxMessageBytes = 0;

  override close(code?: number, reason?: string | Buffer): void {
    if (code === messageTooBig) {
      this.sendError(new ApiError('request_too_large', `A message is larger than ${this.maxMessageBytes} bytes.`));
    }
    super.close(code, reason);
  }

  sendError(error: ApiError): void {
    if (this.readyState === WebSocket.OPEN) this.send(JSON.stringify(toErrorMessage(error)));
  }
}
