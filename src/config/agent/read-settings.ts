import { type UpstreamApi, type UpstreamSettings, upstreamApis } from '../upstream-settings.ts';
import { readCaFile } from './read-ca-file.ts';
import { readHeaderNames, readHeaders } from './read-headers.ts';
import { readProxy } from './read-proxy.ts';
import type { SettingSource } from './setting-source.ts';

type Reader = (source: SettingSource) => Partial<UpstreamSettings>;

/** Every setting of an HTTP agent beside its URL, key, model and API, by its name in the file. */
export const settingReaders = {
  headers: (source) => ({ headers: readHeaders(source) }),
  session_header: (source) => ({ sessionHeaders: readHeaderNames(source) }),
  extra_body: (source) => ({ extraBody: readExtraBody(source) }),
  pass_fields: (source) => ({ passFields: source.texts() }),
  omit_fields: (source) => ({ omitFields: readOmittedFields(source) }),
  max_tokens_field: (source) => ({ maxTokensField: oneOf(source, ['max_tokens', 'max_completion_tokens']) }),
  reasoning_field: (source) => ({ reasoningField: oneOf(source, ['reasoning_content', 'reasoning', 'none']) }),
  system_role: (source) => ({ systemRole: oneOf(source, ['system', 'developer', 'user']) }),
  first_byte_timeout: (source) => ({ firstByteMs: source.duration() }),
  idle_timeout: (source) => ({ idleMs: source.duration() }),
  run_timeout: (source) => ({ runTimeoutMs: source.duration() }),
  max_runs: (source) => ({ maxRuns: source.integer({ min: 1, max: 100_000 }) }),
  proxy: (source) => ({ proxy: readProxy(source) }),
  ca_file: (source) => ({ caFile: readCaFile(source) }),
  retries: (source) => ({ retries: source.integer({ min: 0, max: 10 }) }),
  models: (source) => ({ models: readModels(source) }),
  structured_outputs: (source) => ({ structuredOutputs: oneOf(source, ['native', 'json_object', 'prompt']) }),
  upstream_stream: (source) => ({ upstreamStream: oneOf(source, ['always', 'when_streamed']) }),
  upstream_state: (source) => ({ upstreamState: source.isTrue() }),
} as const satisfies Record<string, Reader>;

export type SettingName = keyof typeof settingReaders;

/** The names in the file, in the order of messages. */
export const settingNames = ['api', 'max_iterations', ...(Object.keys(settingReaders) as SettingName[])] as const;

/** The settings that the user configured, `api` included. */
export type SettingSources = Partial<Record<(typeof settingNames)[number], SettingSource>>;

export const readApi = (source: SettingSource): UpstreamApi => oneOf(source, upstreamApis);

/** Fields of a request that the server sets itself, with the setting that changes them. */
const ownFields: Record<string, string> = {
  model: 'use the setting model',
  messages: 'it is the conversation',
  input: 'it is the conversation',
  stream: 'use the setting upstream_stream',
};

function readExtraBody(source: SettingSource): Record<string, unknown> {
  const body = source.object();
  refuseOwnFields(source, Object.keys(body));
  return body;
}

function readOmittedFields(source: SettingSource): string[] {
  const names = source.texts();
  refuseOwnFields(source, names);
  return names;
}

function refuseOwnFields(source: SettingSource, names: readonly string[]): void {
  const own = names.find((name) => Object.hasOwn(ownFields, name));
  if (own !== undefined) source.fail(`must not contain "${own}": ${ownFields[own]}`);
}

function readModels(source: SettingSource): string[] {
  const models = [...new Set(source.texts())];
  return models.length > 0 ? models : source.fail('must name at least one model; omit it to ask the agent');
}

function oneOf<const Value extends string>(source: SettingSource, values: readonly Value[]): Value {
  const text = source.text();
  return values.find((value) => value === text) ?? source.fail(`must be one of: ${values.join(', ')}`);
}
