import type { Socket } from 'node:net';
import { ApiError } from '../errors/api-error.ts';
import { cutStalled } from '../net/cut-stalled.ts';
import { FrameQueue, type WaitingFrame } from './frame-queue.ts';
import { isSteer, type Lane, LaneNames, readLane } from './lanes.ts';
import type { ResponseSocket } from './response-socket.ts';
import type { TenantBytes } from './shared-bytes.ts';
import type { SocketLimits } from './socket-limits.ts';
import type { TurnRunner } from './turn-runner.ts';
import { watchPeer } from './watch-peer.ts';

/** Close code after which SDKs reconnect automatically. */
const goingAway = 1001;
const tooManyWait = 'Too many messages wait for a response. Send more when a current response has ended.';

export interface ConnectionOptions {
  socket: ResponseSocket;
  /** The TCP socket under the WebSocket. */
  wire: Socket;
  limits: SocketLimits;
  pingMs: number;
  /** The longest time without the client reading anything. */
  stallMs: number;
  /** The most bytes of waiting frames. */
  queuedBytes: number;
  /** Bounds the waiting frames of all connections of the tenant. */
  tenantBytes: TenantBytes;
  turns: Pick<TurnRunner, 'answer' | 'refuse' | 'steer'>;
}

/**
 * One WebSocket. The frames of a lane are answered one at a time in order (Open Responses N13 to N15), several lanes at
 * once. It closes between answers, never within one.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #queue: FrameQueue;
  readonly #names: LaneNames;
  /** The lanes with a running turn. */
  readonly #busy = new Set<Lane>();
  /** Ends the running turns. The reason is an ApiError. */
  readonly #stop = new AbortController();
  /** Why no more turns start; `undefined`: they do. */
  #ending: ApiError | undefined;
  /** The lanes that must still be sent the error that ended the connection. */
  readonly #owed = new Set<Lane>();
  #cutTimer: NodeJS.Timeout | undefined;

  constructor(options: ConnectionOptions) {
    const { socket, wire, limits, pingMs, stallMs, queuedBytes, tenantBytes } = options;
    this.#options = options;
    this.#queue = new FrameQueue({ frames: limits.queuedFrames, bytes: queuedBytes, tenantBytes });
    this.#names = new LaneNames(limits.lanes);
    const lifetime = setTimeout(() => this.#expire(), limits.connectionMs);
    const watch = watchPeer({ socket, wire, pingMs, silenceMs: limits.silenceMs });
    const stallWatch = cutStalled(wire, stallMs);
    socket.on('message', (data) => this.#receive(data));
    // The library has already closed the socket with the right code.
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

  /** Starts no more turns and closes after the running ones. Waiting frames are refused with this error. */
  retire(error: ApiError): void {
    if (this.#ending) return;
    this.#ending = error;
    if (this.#busy.size === 0) this.#close(error);
  }

  /** Retires and ends the running turns with this error. Cuts a client that does not read the terminal event in time. */
  stop(error: ApiError): void {
    this.#stop.abort(error);
    this.retire(error);
    this.#cutLater();
  }

  /** Drops the connection and all unsent data. */
  cut(): void {
    this.#options.socket.terminate();
  }

  #expire(): void {
    const minutes = this.#options.limits.connectionMs / 60_000;
    const message = `This connection has been open for ${minutes} minutes. Open a new one.`;
    this.#owed.add(undefined);
    this.stop(new ApiError('websocket_connection_limit_reached', message));
  }

  #receive(data: unknown): void {
    // The close shows the client that its frame came too late.
    if (this.#ending || !Buffer.isBuffer(data)) return;
    const { turns } = this.#options;
    if (isSteer(data)) return turns.steer(data);
    let lane: Lane;
    try {
      lane = readLane(data);
      this.#names.admit(lane);
      if (!this.#queue.add(data, lane)) throw new ApiError('rate_limit_exceeded', tooManyWait);
    } catch (reason) {
      return turns.refuse(data, ApiError.from(reason), lane);
    }
    this.#work();
  }

  /** Starts the waiting turns whose lanes are free. */
  #work(): void {
    while (!this.#ending && this.#busy.size < this.#options.limits.turns) {
      const frame = this.#queue.next((lane) => this.#busy.has(lane));
      if (!frame) return;
      this.#busy.add(frame.lane);
      void this.#answer(frame);
    }
  }

  async #answer(frame: WaitingFrame): Promise<void> {
    const { lane } = frame;
    if (!(await this.#options.turns.answer(frame, this.#stop.signal))) this.#owed.add(lane);
    // A frame that was refused a slot for its body is still in the queue.
    frame.take();
    this.#busy.delete(lane);
    if (!this.#ending) this.#work();
    else if (this.#busy.size === 0) this.#close(this.#ending);
  }

  #close(error: ApiError): void {
    const { socket } = this.#options;
    for (const lane of this.#queue.lanes) this.#owed.add(lane);
    for (const lane of this.#owed) socket.sendError(error, lane);
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
