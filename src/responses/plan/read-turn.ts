import type { Caller } from '../../contract/operations.ts';
import { ApiError } from '../../errors/api-error.ts';
import { type Refusals, refuseFields } from '../../errors/refuse-fields.ts';
import { openFor } from '../../items/open-sealed.ts';
import { resolveReferences } from '../../items/resolve-references.ts';
import { toInputItems } from '../../items/to-input-items.ts';
import type { StoredItem } from '../../store/stored-item.ts';
import type { ResponseRequest, ResponsesDeps } from '../responses-deps.ts';
import { checkPairs } from './check-pairs.ts';
import { joinsHistory } from './joins-history.ts';
import { type Origin, readOrigin } from './read-origin.ts';
import type { ResponseField } from './request-fields.ts';
import { restoreCalls } from './restore-calls.ts';
import { speaksResponses } from './speaks-responses.ts';

/** One turn: its history and its own input. */
export interface Turn {
  origin: Origin;
  /** The turn's own items, without compaction triggers: a trigger is an instruction, not content. */
  input: StoredItem[];
  /** Whether the last item is a compaction trigger, for everything before it. */
  isTrigger: boolean;
  /** Whether the agent speaks the Responses API. */
  speaksResponses: boolean;
}

export interface TurnCaller extends Caller {
  /** Whether the items of the history are needed, even if the agent accepts it as text. Default: false. */
  needsItems?: boolean;
}

/** Reads the history and input of a request. Rejects with an ApiError for a request that cannot be served. */
export async function readTurn(request: ResponseRequest, deps: ResponsesDeps, caller: TurnCaller): Promise<Turn> {
  refuseUnsupported(request);
  const items = restoreCalls(toInputItems(request.input), openFor(deps.sealer, caller.tenant));
  const sent = items.filter((item) => item['type'] !== 'compaction_trigger');
  const isTrigger = items.at(-1)?.['type'] === 'compaction_trigger';
  const isSpoken = await speaksResponses(request, deps, caller.signal);
  const needsItems = isTrigger || (caller.needsItems ?? false);
  const joins = joinsHistory({ request, input: sent, speaksResponses: isSpoken, needsItems }, deps);
  const origin = await readOrigin({ request, input: sent, joins }, deps, caller);
  const { store, history: limits } = deps;
  const input = await resolveReferences(sent, { store, tenant: caller.tenant, list: 'input', limits });
  // A joined history is read only for outputs of its open calls.
  if (!origin.joined) checkPairs(origin.history, input);
  return { origin, input, isTrigger, speaksResponses: isSpoken };
}

const refusals: Refusals<ResponseRequest, ResponseField<'refused'>> = {
  prompt: () => 'Stored prompt templates are not supported by this server.',
  image: ({ context_compression: compression }) =>
    compression === 'enabled'
      ? "Images can't be compressed by this server. Expected 'context_compression' to be 'auto' or 'disabled'."
      : undefined,
};

function refuseUnsupported(request: ResponseRequest): void {
  if (request.background && request.store === false) {
    const message = "'background' requires a stored response. Omit 'store' or set it to true.";
    throw new ApiError('unsupported_value', message, { param: 'background' });
  }
  refuseFields(request, refusals);
  checkWindow(request);
  if (request.prompt_cache_options?.prewarm) {
    const message = "This server has no prompt cache to prepare. Omit 'prewarm', or send the request over a WebSocket.";
    throw new ApiError('unsupported_value', message, { param: 'prompt_cache_options.prewarm' });
  }
}

/** Throws an ApiError for a window that OpenAI refuses, so that a request that works here works there. */
function checkWindow({ background, background_options: options, stream, service_tier: tier }: ResponseRequest): void {
  const window = options?.completion_window ?? 'soonest';
  if (window === 'soonest') return;
  const isStandard = !tier || tier === 'auto' || tier === 'default';
  if (background && !stream && isStandard) return;
  const message = `A completion window of '${window}' requires 'background: true', no 'stream' and the default 'service_tier'.`;
  throw new ApiError('invalid_value', message, { param: 'background_options.completion_window' });
}
