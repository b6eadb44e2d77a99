import { createItemId, type ItemIdPrefix } from '../../ids.ts';
import type { AgentEvent } from '../agent-client.ts';
import { type Fields, toStringOf } from '../fields.ts';

/** The types of the items that replay as they were, with the prefixes of their ids. */
const prefixes: Readonly<Record<string, ItemIdPrefix>> = {
  mcp_list_tools: 'mcpl',
  mcp_call: 'mcp',
  mcp_approval_request: 'mcpr',
  web_search_call: 'ws',
  file_search_call: 'fs',
  code_interpreter_call: 'ci',
  shell_call: 'sh',
  local_shell_call: 'lsh',
  apply_patch_call: 'apc',
  tool_search_call: 'tsc',
};

/** Reads the items of a recorded response that replay as they were, under new ids: a recording may be replayed again. */
export class PassedItems {
  /** The new ids, by the index in the output. */
  readonly #ids = new Map<unknown, string>();

  start(item: Fields, index: unknown, events: AgentEvent[]): void {
    const prefix = prefixes[toStringOf(item['type'])];
    if (!prefix || this.#ids.has(index)) return;
    const id = createItemId(prefix);
    this.#ids.set(index, id);
    events.push({ type: 'item-start', key: id, item: { ...item, id } });
  }

  /** Reads an event of an item. */
  add(event: Fields, events: AgentEvent[]): void {
    const key = this.#ids.get(event['output_index']);
    if (key !== undefined) events.push({ type: 'item-event', key, event });
  }

  /** Ends an item, and starts it first when no event has reported it. */
  finish(item: Fields, index: unknown, events: AgentEvent[]): void {
    this.start(item, index, events);
    const id = this.#ids.get(index);
    if (id !== undefined) events.push({ type: 'item-end', key: id, item: { ...item, id } });
  }
}
