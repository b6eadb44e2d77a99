/** A rule, by its position in the list from 0 and its name. */
export interface RuleReference {
  rule: number;
  name?: string;
}

/** Why a rule did not match a request. */
export interface RuleMiss extends RuleReference {
  /** One sentence for each condition that did not hold. */
  reasons: string[];
}

/** How a simulated agent chose its answer to a request. A miss lists the nearest rules first. */
export type RuleVerdict =
  | ({ outcome: 'matched'; count: number } & RuleReference)
  | { outcome: 'unmatched'; misses: RuleMiss[] }
  /** The request has a script in its header, which takes precedence over rules. */
  | { outcome: 'script' };

/** A fault of the connection. `end`, `malformed` and `no-done` keep it usable. */
export interface WireFault {
  /**
   * `reset`: a TCP reset. `close`: an early close. `end`: an orderly end that is too early. `hang`: silence.
   * `malformed`: a frame that is not JSON. `no-done`: a stream without `[DONE]`.
   */
  kind: 'reset' | 'close' | 'end' | 'hang' | 'malformed' | 'no-done';
  /** Whether it comes after a part of the reply. */
  isMidway: boolean;
  /** For `malformed`: the text to send, byte for byte. */
  frame?: string;
}

/** An HTTP reply that is sent as it is, in place of the error envelope. */
export interface ExactReply {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * A client's request as simulated agents see it, and its reply as they disturb it. Created only for servers with such
 * an agent.
 */
export interface Exchange {
  /** The path of the operation, such as `/v1/responses`. A WebSocket turn has that of the connection. */
  readonly path: string;
  /** In lower case. Those of the upgrade, for a WebSocket. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly isStream: boolean;
  /** That of the latest call of the agent. Undefined: no rules were applied. */
  verdict?: RuleVerdict;
  /**
   * Disturbs the reply: a stream at once, another reply in the middle of its body. Only the first call has an effect.
   */
  disturb(fault: WireFault): void;
}
