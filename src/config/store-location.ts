/** Where everything is kept; built by the configuration. Over `maxResponses` (at least 1) the least recently used goes. */
export type StoreLocation =
  | {
      kind: 'memory';
      /** Visible responses kept, and as many conversations and chat completions. Absent: `limits.memoryResponses`. */
      maxResponses?: number;
      /** Of JSON, everything counted together. Absent: `limits.memoryBytes`. */
      maxBytes?: number;
    }
  | {
      kind: 'sqlite';
      /** A path, or `:memory:` for a database that is gone when it is closed. */
      file: string;
      /** Absent: no bound. */
      maxResponses?: number;
      /** `NORMAL` (the default) survives a killed process, `FULL` a loss of power too, at several times the cost. */
      synchronous?: SqliteSynchronous;
    }
  | {
      kind: 'postgres';
      /** `postgres://USER:PASSWORD@HOST:PORT/DATABASE`, with what the driver takes as its query. */
      url: string;
      /** Absent: no bound. */
      maxResponses?: number;
    };

export type SqliteSynchronous = 'NORMAL' | 'FULL';
