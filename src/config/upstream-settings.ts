import { defaultPassFields } from './default-pass-fields.ts';

/** The protocol that an HTTP agent speaks. */
export type UpstreamApi = 'chat-completions' | 'responses' | 'hermes';

export const upstreamApis = ['chat-completions', 'responses', 'hermes'] as const satisfies readonly UpstreamApi[];

/** How an output format is requested. `prompt`: the schema is part of the first message. */
export type StructuredOutputs = 'native' | 'json_object' | 'prompt';

/** The settings of one HTTP agent. `undefined`: the server's default, or what the upstream turned out to need. */
export interface UpstreamSettings {
  /** Sent with every request. */
  headers: Readonly<Record<string, string>>;
  /** The headers that carry the session id. */
  sessionHeaders: readonly string[];
  /** Merged into every request body, after everything else. */
  extraBody: Readonly<Record<string, unknown>>;
  /** Unknown fields of a client's request that are passed on; `*` stands for all. */
  passFields: readonly string[];
  /** Fields that are never sent. */
  omitFields: readonly string[];
  maxTokensField: 'max_tokens' | 'max_completion_tokens' | undefined;
  /** The message field in which reasoning is sent back; `none`: it is not. */
  reasoningField: 'reasoning_content' | 'reasoning' | 'none' | undefined;
  systemRole: 'system' | 'developer' | 'user';
  firstByteMs: number | undefined;
  idleMs: number | undefined;
  runTimeoutMs: number | undefined;
  /** Concurrent runs of this agent. Further ones wait. */
  maxRuns: number | undefined;
  /** URL of an HTTP proxy. */
  proxy: string | undefined;
  /** PEM file with certificates to trust in addition to the system's. */
  caFile: string | undefined;
  /** Further attempts after a transient refusal. */
  retries: number | undefined;
  /** A fixed list of models: the agent is not asked. */
  models: readonly string[] | undefined;
  structuredOutputs: StructuredOutputs | undefined;
  /** Whether a plain request is streamed from the upstream. `undefined`: until its model is known to answer soon. */
  upstreamStream: 'always' | 'when_streamed' | undefined;
  /** Whether a Responses upstream continues its own stored responses instead of receiving the whole history. */
  upstreamState: boolean;
}

const defaultSessionHeaders = ['X-Session-Id', 'X-Hermes-Session-Id'] as const;

export const defaultUpstreamSettings: UpstreamSettings = {
  headers: {},
  sessionHeaders: defaultSessionHeaders,
  extraBody: {},
  passFields: defaultPassFields,
  omitFields: [],
  maxTokensField: undefined,
  reasoningField: undefined,
  systemRole: 'system',
  firstByteMs: undefined,
  idleMs: undefined,
  runTimeoutMs: undefined,
  maxRuns: undefined,
  proxy: undefined,
  caFile: undefined,
  retries: undefined,
  models: undefined,
  structuredOutputs: undefined,
  upstreamStream: undefined,
  upstreamState: false,
};
