import type { Socket } from 'node:net';
import { ApiError } from '../errors/api-error.ts';
import { cutStalled } from '../net/cut-stalled.ts';
import { FrameQueue } from './frame-queue.ts';
import type { ResponseSocket } from './response-socket.ts';
import type { TenantRoom } from './shared-bytes.ts';
import type { SocketLimits } from './socket-limits.ts';
import type { TurnRunner } from './turn-runner.ts';
import { watchPeer } from './watch-peer.ts';

/** The client is welcome to connect again, and its SDKs do so by themselves after this code. */
const goingAway = 1001;

export interface ConnectionOptions {
  socket: ResponseSocket;
  /** What lies under it. */
  wire: Socket;
  limits: SocketLimits;
  pingMs: number;
  /** How long the client may leave everything unread. */
  stallMs: number;
  /** Of all frames that wait, together. */
  queuedBytes: number;
  /** For the frames of all connections of the tenant. */
  room: TenantRoom;
  turns: Pick<TurnRunner, 'answer' | 'refuse'>;
}

/**
 * One WebSocket: takes frames in, has them answered one after another in their order (Open Responses N13 to N15), and
 * ends after an answer, never within one.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #queue: FrameQueue;
  /** Ends the running turn, with an ApiError as reason. */
  readonly #stop = new AbortController();
  /** Why no more turns begin. */
  #ending: ApiError | undefined;
  #isAnswering = false;
  /** Must the client still be told why it got no answer? */
  #owesError = false;
  #cutTimer: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions) {
    const { socket, wire, limits, pingMs, stallMs, queuedBytes, room } = options;
    this.#options = options;
    this.#queue = new FrameQueue({ frames: limits.queuedFrames, bytes: queuedBytes, room });
    const lifetime = setTimeout(() => this.#expire(), limits.connectionMs);
    const watch = watchPeer({ socket, wire, pingMs, silenceMs: limits.silenceMs });
    const stallWatch = cutStalled(wire, stallMs);
    socket.on('message', (data) => this.#receive(data));
    // The library has closed by then, with the code that says why.
    socket.on('error', () => undefined);
    socket.once('close', () => {
      clearTimeout(lifetime);
      watch[Symbol.dispose]();
      this.#queue.clear();
      stallWatch[Symbol.dispose]();
      const gone = new ApiError('request_cancelled', 'The client closed the connection.');
      this.#ending ??= gone;
      this.#stop.abort(gone);
    });
  }

  /** Begins no more turns, and closes once the running one has ended. Frames that wait are refused with this error. */
  retire(error: ApiError): void {
    if (this.#ending) return;
    this.#ending = error;
    if (!this.#isAnswering) this.#close(error);
  }

  /** Retires, and ends the running turn with this error. A client that does not read its last events is cut. */
  stop(error: ApiError): void {
    this.#stop.abort(error);
    this.retire(error);
    this.#cutLater();
  }

  /** Drops the connection, whatever is on its way. */
  cut(): void {
    this.#options.socket.terminate();
  }

  #expire(): void {
    const minutes = this.#options.limits.connectionMs / 60_000;
    const message = `This connection has been open for ${minutes} minutes. Open a new one.`;
    this.#owesError = true;
    this.stop(new ApiError('websocket_connection_limit_reached', message));
  }

  #receive(data: unknown): void {
    // A client that is being told to leave learns from the close that its frame came too late.
    if (this.#ending || !Buffer.isBuffer(data)) return;
    if (!this.#queue.add(data)) {
      const message = 'Too many messages wait for the response before them: send more when that has ended.';
      this.#options.turns.refuse(data, new ApiError('rate_limit_exceeded', message));
    } else if (!this.#isAnswering) {
      void this.#work();
    }
  }

  async #work(): Promise<void> {
    this.#isAnswering = true;
    while (!this.#ending) {
      const frame = this.#queue.next();
      if (!frame) break;
      if (!(await this.#options.turns.answer(frame, this.#stop.signal))) this.#owesError = true;
      // One that was refused a place was never taken.
      frame.take();
    }
    this.#isAnswering = false;
    if (this.#ending) this.#close(this.#ending);
  }

  #close(error: ApiError): void {
    const { socket } = this.#options;
    if (this.#owesError || !this.#queue.isEmpty) socket.sendError(error);
    socket.close(goingAway);
    this.#cutLater();
  }

  #cutLater(): void {
    const { socket, limits } = this.#options;
    if (this.#cutTimer !== undefined || socket.readyState === socket.CLOSED) return;
    this.#cutTimer = setTimeout(() => this.cut(), limits.closeMs);
    socket.once('close', () => clearTimeout(this.#cutTimer));
  }
}
