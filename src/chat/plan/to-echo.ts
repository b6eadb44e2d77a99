import type { ChatRequest } from '../chat-deps.ts';
import type { ChatField } from './request-fields.ts';

/** Returns the fields marked `echoed`, as a completion reports them. Whichever service tier is asked for, there is one. */
export function toEcho({ metadata, service_tier: tier }: ChatRequest) {
  return { metadata: metadata ?? {}, service_tier: tier && 'default' } satisfies Record<ChatField<'echoed'>, unknown>;
}
