import type { ProbeReply, UpstreamProbe } from '../agent/upstream/upstream-probe.ts';
import type { UpstreamConfig } from '../config/to-agent-config.ts';
import { doctorLimits } from './doctor-limits.ts';

/** Where the settings of the agents are: a remedy names the variable or the path in the file. */
export type SettingsPlace = 'environment' | 'file';

interface SubjectOptions {
  name: string;
  config: UpstreamConfig;
  probe: UpstreamProbe;
  place: SettingsPlace;
  timeoutMs: number;
}

/** The agent under examination. */
export class Subject {
  readonly name: string;
  readonly config: UpstreamConfig;
  readonly timeoutMs: number;
  readonly #probe: UpstreamProbe;
  readonly #place: SettingsPlace;
  readonly #base: URL;

  constructor({ name, config, probe, place, timeoutMs }: SubjectOptions) {
    this.name = name;
    this.config = config;
    this.timeoutMs = timeoutMs;
    this.#probe = probe;
    this.#place = place;
    this.#base = new URL(config.url);
  }

  /** The base URL without its query, which may contain a key. */
  get url(): string {
    return this.urlOf(this.basePath);
  }

  get basePath(): string {
    return this.#base.pathname.replace(/\/+$/, '');
  }

  get host(): string {
    return this.#base.host;
  }

  get usesTls(): boolean {
    return this.#base.protocol === 'https:';
  }

  urlOf(path: string): string {
    return `${this.#base.origin}${path}`;
  }

  /** Sends a GET to a path on the agent's host. Rejects with the error of the connection. */
  get(path: string): Promise<ProbeReply> {
    return this.#probe.send({ path, signal: AbortSignal.timeout(this.timeoutMs) });
  }

  /** Posts JSON to an operation below the base URL. Rejects with the error of the connection. */
  post(operation: string, body: object): Promise<ProbeReply> {
    const path = `${this.basePath}/${operation}`;
    return this.#probe.send({ path, body, signal: AbortSignal.timeout(this.timeoutMs) });
  }

  /** Returns a setting as the operator writes it: `AGENT_MAX_RUNS=10` or `agents.NAME.max_runs: 10`. */
  setting(name: string, value: string): string {
    return this.#place === 'environment' ? `${this.settingName(name)}=${value}` : `${this.settingName(name)}: ${value}`;
  }

  settingName(name: string): string {
    return this.#place === 'environment' ? `AGENT_${name.toUpperCase()}` : `agents.${this.name}.${name}`;
  }

  /** Returns text of the agent as one short line without secrets. */
  excerpt(text: string): string {
    const line = this.#redact(text)
      .replaceAll(/[\p{Cc}\s]+/gu, ' ')
      .trim();
    const { excerptCharacters: most } = doctorLimits;
    return line.length > most ? `${line.slice(0, most)}…` : line;
  }

  #redact(text: string): string {
    const { apiKey, settings } = this.config;
    const proxy = settings.proxy === undefined ? undefined : URL.parse(settings.proxy)?.password;
    const secrets = [apiKey, proxy, ...Object.values(settings.headers), ...this.#base.searchParams.values()];
    return secrets.reduce<string>((clean, secret) => (secret ? clean.replaceAll(secret, '[secret]') : clean), text);
  }
}
