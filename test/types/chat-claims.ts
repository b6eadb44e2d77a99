import type * as Theirs from 'openai/resources/chat/completions';
import type { Model } from 'openai/resources/models';
import type { Schemas as Ours } from '../../src/contract/types.ts';
import type { EachFits, EachFitsBack, Fits, FitsBack, Knows } from './claim.ts';
import type { Unknown } from './mismatch.ts';

type Message = Theirs.ChatCompletionMessageParam;
type Stored = Theirs.ChatCompletionStoreMessage;

/** Compares the SDK's types for chat completions with our contract. */
export const chatClaims: {
  requestToOurs: Fits<'chatRequestToOurs', Theirs.ChatCompletionCreateParams, Ours['CreateChatCompletionRequest']>;
  requestKnown: Knows<
    'chatRequestUnknown',
    Unknown<Theirs.ChatCompletionCreateParams, Ours['CreateChatCompletionRequest']>
  >;
  requestToTheirs: FitsBack<
    'chatRequestToTheirs',
    Ours['CreateChatCompletionRequest'],
    Theirs.ChatCompletionCreateParams
  >;
  messageToOurs: EachFits<'chatMessageToOurs', Message, Ours['ChatMessage'], 'role'>;
  messageToTheirs: EachFitsBack<'chatMessageToTheirs', Ours['ChatMessage'], Message, 'role'>;
  completionToTheirs: Fits<'chatCompletionToTheirs', Ours['ChatCompletion'], Theirs.ChatCompletion>;
  completionToOurs: FitsBack<'chatCompletionToOurs', Theirs.ChatCompletion, Ours['ChatCompletion']>;
  chunkToTheirs: Fits<'chunkToTheirs', Ours['ChatCompletionChunk'], Theirs.ChatCompletionChunk>;
  chunkToOurs: FitsBack<'chunkToOurs', Theirs.ChatCompletionChunk, Ours['ChatCompletionChunk']>;
  storedMessageToTheirs: Fits<'storedMessageToTheirs', Ours['StoredChatMessage'], Stored>;
  storedMessageToOurs: FitsBack<'storedMessageToOurs', Stored, Ours['StoredChatMessage']>;
  deletedToTheirs: Fits<'deletedChatCompletionToTheirs', Ours['DeletedChatCompletion'], Theirs.ChatCompletionDeleted>;
  deletedToOurs: FitsBack<'deletedChatCompletionToOurs', Theirs.ChatCompletionDeleted, Ours['DeletedChatCompletion']>;
  updateToOurs: Fits<'chatUpdateToOurs', Theirs.ChatCompletionUpdateParams, Ours['UpdateChatCompletionRequest']>;
  updateToTheirs: FitsBack<
    'chatUpdateToTheirs',
    Ours['UpdateChatCompletionRequest'],
    Theirs.ChatCompletionUpdateParams
  >;
  modelToTheirs: Fits<'modelToTheirs', Ours['Model'], Model>;
  modelToOurs: FitsBack<'modelToOurs', Model, Ours['Model']>;
} = {
  requestToOurs: true,
  requestKnown: true,
  requestToTheirs: true,
  messageToOurs: true,
  messageToTheirs: true,
  completionToTheirs: true,
  completionToOurs: true,
  chunkToTheirs: true,
  chunkToOurs: true,
  storedMessageToTheirs: true,
  storedMessageToOurs: true,
  deletedToTheirs: true,
  deletedToOurs: true,
  updateToOurs: true,
  updateToTheirs: true,
  modelToTheirs: true,
  modelToOurs: true,
};
