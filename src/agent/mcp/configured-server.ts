import type { PriorDiscovery } from '@modelcontextprotocol/client';
import { limits } from '../../config/limits.ts';
import type { McpServerConfig } from '../../config/mcp/mcp-config.ts';
import { unlessAborted } from '../../unless-aborted.ts';
import { pause } from '../abort.ts';
import type { Connection } from './connection.ts';
import { describeFailure } from './describe-failure.ts';
import { ServerDownError } from './mcp-errors.ts';
import type { McpLog } from './mcp-log.ts';
import { openConnection } from './open-connection.ts';

/** `idle`: not used yet. */
export type ServerHealth = 'idle' | 'ok' | 'failed';

export interface ConfiguredServerOptions {
  label: string;
  config: McpServerConfig;
  version: string;
  log: McpLog;
}

/**
 * A server of the configuration, with one connection that all runs share. It is started by its first use, and started
 * again with backoff after a failure. The log has each change of its health once.
 */
export class ConfiguredServer implements AsyncDisposable {
  readonly config: McpServerConfig;
  readonly #label: string;
  readonly #version: string;
  readonly #log: McpLog;
  readonly #stopping = new AbortController();
  #connection: Promise<Connection> | undefined;
  #current: Connection | undefined;
  #prior: PriorDiscovery | undefined;
  #health: ServerHealth = 'idle';
  /** Whether the last attempt to connect failed. A connection that broke later does not count. */
  #hasFailedToConnect = false;
  #failures = 0;
  #retryAt = 0;
  #openedAt = 0;
  #lastReason = '';

  constructor({ label, config, version, log }: ConfiguredServerOptions) {
    this.config = config;
    this.#label = label;
    this.#version = version;
    this.#log = log;
  }

  get health(): ServerHealth {
    return this.#health;
  }

  /**
   * Returns the connection. Starts the server if it has none; waits for a restart that is near. After a failed attempt, the
   * next one continues without its callers: a server that never answers must not hold each of them.
   */
  async connect(signal: AbortSignal): Promise<Connection> {
    this.#connection ??= this.#start();
    if (!this.#hasFailedToConnect) return unlessAborted(this.#connection, signal);
    const limit = AbortSignal.timeout(limits.mcpRestartWaitMs);
    try {
      return await unlessAborted(this.#connection, AbortSignal.any([signal, limit]));
    } catch (error) {
      if (error !== limit.reason) throw error;
      throw new ServerDownError(`${this.#lastReason}; another attempt to connect is in progress`);
    }
  }

  /** Gives up a connection that failed. The next use opens another one. */
  drop(connection: Connection, error: unknown): void {
    if (this.#current !== connection) return;
    this.#current = undefined;
    this.#connection = undefined;
    if (performance.now() - this.#openedAt > limits.mcpStableMs) this.#failures = 0;
    this.#fail(error);
    void connection[Symbol.asyncDispose]();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopping.abort(new ServerDownError('it is being stopped'));
    const connection = await this.#connection?.catch(() => undefined);
    await connection?.[Symbol.asyncDispose]();
  }

  #start(): Promise<Connection> {
    const started = this.#open();
    started.catch((error) => {
      if (this.#connection === started) this.#connection = undefined;
      // The server may speak another revision now.
      this.#prior = undefined;
      if (error instanceof ServerDownError) return;
      this.#hasFailedToConnect = true;
      this.#fail(error);
    });
    return started;
  }

  async #open(): Promise<Connection> {
    const signal = this.#stopping.signal;
    signal.throwIfAborted();
    const waitMs = this.#retryAt - performance.now();
    if (waitMs > limits.mcpRestartWaitMs) {
      throw new ServerDownError(`${this.#lastReason}; the next attempt is in ${Math.ceil(waitMs / 1000)} s`);
    }
    if (waitMs > 0) await pause(waitMs, signal);
    const connection = await openConnection({
      reach: this.config.reach,
      prior: this.#prior,
      version: this.#version,
      // For the question of the revision and the start of a session together.
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.mcpConnectMs)]),
      onLine: (line) => this.#log.debug({ server: this.#label, line }, 'MCP server wrote to standard error'),
      onOmitted: (omitted) => this.#log.warn({ server: this.#label, omitted }, 'tools of an MCP server omitted'),
    });
    this.#prior = connection.prior;
    this.#current = connection;
    this.#openedAt = performance.now();
    this.#hasFailedToConnect = false;
    connection.onEnd((error) => this.drop(connection, error));
    this.#setHealth('ok', {});
    return connection;
  }

  #fail(error: unknown): void {
    this.#failures += 1;
    // The first restart is immediate: a tool that ended its server should not cost the next one.
    const exponent = this.#failures - 2;
    const delayMs = exponent < 0 ? 0 : Math.min(limits.mcpRestartMs * 2 ** exponent, limits.mcpLongestRestartMs);
    this.#retryAt = performance.now() + delayMs;
    this.#lastReason = error === undefined ? 'it stopped' : describeFailure(error);
    if (this.#stopping.signal.aborted) return;
    this.#setHealth('failed', { reason: this.#lastReason });
  }

  #setHealth(health: 'ok' | 'failed', details: object): void {
    if (this.#health === health) return;
    this.#health = health;
    const fields = { server: this.#label, ...details };
    if (health === 'ok') this.#log.info(fields, 'MCP server connected');
    else this.#log.warn(fields, 'MCP server failed');
  }
}
