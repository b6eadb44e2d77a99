import type { ResponseItemList } from 'openai/resources/responses/input-items';
import type { InputTokenCountParams, InputTokenCountResponse } from 'openai/resources/responses/input-tokens';
import type * as Theirs from 'openai/resources/responses/responses';
import type { Schemas as Ours } from '../../src/contract/types.ts';
import type { EachFits, EachFitsBack, Fits, FitsBack, Knows } from './claim.ts';
import type { Unknown } from './mismatch.ts';

type Request = Theirs.ResponseCreateParamsNonStreaming;
type OurRequest = Ours['CreateResponseRequest'];
/** Our lists can contain text, which has no tag. */
type OurInput = Exclude<Ours['InputElement'], string>;

/** Compares the SDK's types for responses with our contract. */
export const responseClaims: {
  requestToOurs: Fits<'responseRequestToOurs', Request, OurRequest>;
  requestKnown: Knows<'responseRequestUnknown', Unknown<Request, OurRequest>>;
  requestToTheirs: FitsBack<'responseRequestToTheirs', OurRequest, Theirs.ResponseCreateParams>;
  responseToTheirs: Fits<'responseToTheirs', Ours['ResponseResource'], Theirs.Response>;
  responseToOurs: FitsBack<'responseToOurs', Theirs.Response, Ours['ResponseResource']>;
  outputItemToTheirs: EachFits<'outputItemToTheirs', Ours['OutputItem'], Theirs.ResponseOutputItem, 'type'>;
  outputItemToOurs: EachFitsBack<'outputItemToOurs', Theirs.ResponseOutputItem, Ours['OutputItem'], 'type'>;
  itemToTheirs: EachFits<'responseItemToTheirs', Ours['Item'], Theirs.ResponseItem, 'type'>;
  itemToOurs: EachFitsBack<'responseItemToOurs', Theirs.ResponseItem, Ours['Item'], 'type'>;
  inputItemToOurs: EachFits<'inputItemToOurs', Theirs.ResponseInputItem, OurInput, 'type'>;
  inputItemToTheirs: EachFitsBack<'inputItemToTheirs', OurInput, Theirs.ResponseInputItem, 'type'>;
  toolToOurs: EachFits<'toolToOurs', Theirs.Tool, Ours['Tool'], 'type'>;
  toolToTheirs: EachFitsBack<'toolToTheirs', Ours['Tool'], Theirs.Tool, 'type'>;
  eventToTheirs: EachFits<
    'eventToTheirs',
    Ours['ResponseStreamEvent'],
    Theirs.ResponseStreamEvent | Theirs.ResponseSteerAcceptedEvent,
    'type'
  >;
  eventToOurs: EachFitsBack<'eventToOurs', Theirs.ResponseStreamEvent, Ours['ResponseStreamEvent'], 'type'>;
  countRequestToOurs: Fits<'countRequestToOurs', InputTokenCountParams, Ours['CountInputTokensRequest']>;
  countRequestToTheirs: FitsBack<'countRequestToTheirs', Ours['CountInputTokensRequest'], InputTokenCountParams>;
  countToTheirs: Fits<'countToTheirs', Ours['InputTokenCount'], InputTokenCountResponse>;
  countToOurs: FitsBack<'countToOurs', InputTokenCountResponse, Ours['InputTokenCount']>;
  compactRequestToOurs: Fits<'compactRequestToOurs', Theirs.ResponseCompactParams, Ours['CompactResponseRequest']>;
  compactRequestToTheirs: FitsBack<
    'compactRequestToTheirs',
    Ours['CompactResponseRequest'],
    Theirs.ResponseCompactParams
  >;
  compactedToTheirs: Fits<'compactedToTheirs', Ours['CompactedResponse'], Theirs.CompactedResponse>;
  compactedToOurs: FitsBack<'compactedToOurs', Theirs.CompactedResponse, Ours['CompactedResponse']>;
  inputListToTheirs: Fits<'inputListToTheirs', Ours['ItemList'], ResponseItemList>;
  inputListToOurs: FitsBack<'inputListToOurs', ResponseItemList, Ours['ItemList']>;
} = {
  requestToOurs: true,
  requestKnown: true,
  requestToTheirs: true,
  responseToTheirs: true,
  responseToOurs: true,
  outputItemToTheirs: true,
  outputItemToOurs: true,
  itemToTheirs: true,
  itemToOurs: true,
  inputItemToOurs: true,
  inputItemToTheirs: true,
  toolToOurs: true,
  toolToTheirs: true,
  eventToTheirs: true,
  eventToOurs: true,
  countRequestToOurs: true,
  countRequestToTheirs: true,
  countToTheirs: true,
  countToOurs: true,
  compactRequestToOurs: true,
  compactRequestToTheirs: true,
  compactedToTheirs: true,
  compactedToOurs: true,
  inputListToTheirs: true,
  inputListToOurs: true,
};
