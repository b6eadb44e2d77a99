import { type Dispatcher, Pool } from 'undici';

export interface ClientOptions {
  /** Such as `http://127.0.0.1:8642`. */
  origin: string;
  /** Most connections at once, all persistent. */
  connections: number;
  /** Sent with each request, beside the content type. */
  headers?: Readonly<Record<string, string>> | undefined;
}

export interface Reply {
  status: number;
  text: string;
}

/** Time limit of a reply, so that a hung server fails the bench. */
const timeoutMs = 120_000;

/** Sends requests with undici's cheapest API, because the client shares the machine with the server. */
export class Client implements AsyncDisposable {
  readonly #pool: Pool;
  readonly #headers: Record<string, string>;

  constructor({ origin, connections, headers }: ClientOptions) {
    this.#pool = new Pool(origin, { connections, headersTimeout: timeoutMs, bodyTimeout: timeoutMs });
    this.#headers = { 'content-type': 'application/json', ...headers };
  }

  /** Posts JSON and resolves with the whole reply. Calls back with each read of it. */
  post(path: string, body: string, onRead?: (bytes: Buffer) => void): Promise<Reply> {
    const { promise, resolve, reject } = Promise.withResolvers<Reply>();
    const chunks: Buffer[] = [];
    let status = 0;
    const handler: Dispatcher.DispatchHandler = {
      onRequestStart: () => undefined,
      onResponseStart: (_controller, code) => {
        status = code;
      },
      onResponseData: (_controller, bytes) => {
        chunks.push(bytes);
        onRead?.(bytes);
      },
      onResponseEnd: () => resolve({ status, text: Buffer.concat(chunks).toString() }),
      onResponseError: (_controller, error) => reject(error),
    };
    this.#pool.dispatch({ path, method: 'POST', headers: this.#headers, body }, handler);
    return promise;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#pool.destroy();
  }
}
