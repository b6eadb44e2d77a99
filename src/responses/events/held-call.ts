import { createItemId, type ItemIdPrefix } from '../../ids.ts';
import { type ClientRunCall, type ClientRunType, toClientRunCall } from '../../tools/client-run/client-run-kinds.ts';
import type { OutputItem } from '../responses-deps.ts';
import { ItemProviderData } from './item-provider-data.ts';

const prefixes: Readonly<Record<ClientRunType, ItemIdPrefix>> = {
  shell: 'sh',
  local_shell: 'lsh',
  apply_patch: 'apc',
  tool_search: 'tsc',
};

/** The item of a call that the client runs, with a shape of its own. */
export type ClientRunItem = Extract<OutputItem, { type: ClientRunCall['type'] }>;

/** A call that is held until its arguments are whole: the shape of its item takes all of them. */
export class HeldCall {
  readonly callId: string;
  readonly type: ClientRunType;
  readonly provider = new ItemProviderData();
  arguments = '';

  constructor(callId: string, type: ClientRunType) {
    this.callId = callId;
    this.type = type;
  }

  /** Returns the item of the call. `undefined`: the model wrote arguments that do not fit. */
  toItem(): ClientRunItem | undefined {
    const call = toClientRunCall(this.type, this.arguments);
    const identity = { id: createItemId(prefixes[this.type]), call_id: this.callId, status: 'completed' as const };
    return call && { ...call, ...identity, ...this.provider.toField() };
  }
}
