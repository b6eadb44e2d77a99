import type { Schemas } from '../../contract/types.ts';
import { isResponseId } from '../../ids.ts';

/** Returns what the run with an id produces. */
export const toKind = (id: string): Schemas['RunKind'] => (isResponseId(id) ? 'response' : 'chat.completion');
