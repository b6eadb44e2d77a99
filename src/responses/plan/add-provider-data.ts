import type { AgentMessage, AgentToolCall } from '../../agent/agent-client.ts';
import { mergeProviderFields } from '../../agent/request/provider-fields.ts';
import type { Schemas } from '../../contract/types.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';

export interface Provided {
  provider_data?: Schemas['ProviderData'] | null | undefined;
}

/** Returns the data of a call. */
export function toProvider({ provider_data }: Provided): Pick<AgentToolCall, 'provider'> {
  const { agent, fields } = provider_data ?? {};
  return fields ? { provider: { ...omitUndefined({ agent }), fields } } : {};
}

/** Adds the data of the message that an item is part of. That of another agent replaces it. */
export function addProviderData(
  message: Extract<AgentMessage, { role: 'assistant' }>,
  { provider_data }: Provided,
): void {
  const { agent, message_fields: fields } = provider_data ?? {};
  if (!fields) return;
  if (!message.provider || message.provider.agent !== agent) {
    message.provider = { ...omitUndefined({ agent }), fields: {} };
  }
  mergeProviderFields(message.provider.fields, fields);
}
