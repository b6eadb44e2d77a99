/** Where the server stores its data. Above `maxResponses` (at least 1) the least recently used response is evicted. */
export type StoreLocation =
  | {
      kind: 'memory';
      /** Visible responses, and as many conversations and chat completions. Default: `limits.memoryResponses`. */
      maxResponses?: number;
      /** Bytes of JSON, everything counted together. Default: `limits.memoryBytes`. */
      maxBytes?: number;
    }
  | {
      kind: 'sqlite';
      /** A path, or `:memory:` for a database that is discarded when it is closed. */
      file: string;
      /** Unbounded by default. */
      maxResponses?: number;
      /** `NORMAL` (the default) survives a killed process. `FULL` also survives a power loss, at several times the cost. */
      synchronous?: SqliteSynchronous;
    }
  | {
      kind: 'postgres';
      /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, with driver settings as its query. */
      url: string;
      /** Unbounded by default. */
      maxResponses?: number;
    };

export type SqliteSynchronous = 'NORMAL' | 'FULL';
