import type * as Conversations from 'openai/resources/conversations/conversations';
import type * as Items from 'openai/resources/conversations/items';
import type { Schemas as Ours } from '../../src/contract/types.ts';
import type { EachFits, EachFitsBack, Fits, FitsBack } from './claim.ts';

type Create = Conversations.ConversationCreateParams;
type OurCreate = Ours['CreateConversationRequest'];
type Update = Conversations.ConversationUpdateParams;
type OurUpdate = Ours['UpdateConversationRequest'];
type Deleted = Conversations.ConversationDeletedResource;
type OurNewItems = Ours['CreateConversationItemsRequest'];

/** Compares the SDK's types for conversations with our contract. */
export const conversationClaims: {
  conversationToTheirs: Fits<'conversationToTheirs', Ours['Conversation'], Conversations.Conversation>;
  conversationToOurs: FitsBack<'conversationToOurs', Conversations.Conversation, Ours['Conversation']>;
  requestToOurs: Fits<'conversationRequestToOurs', Create, OurCreate>;
  requestToTheirs: FitsBack<'conversationRequestToTheirs', OurCreate, Create>;
  updateToOurs: Fits<'conversationUpdateToOurs', Update, OurUpdate>;
  updateToTheirs: FitsBack<'conversationUpdateToTheirs', OurUpdate, Update>;
  deletedToTheirs: Fits<'deletedConversationToTheirs', Ours['DeletedConversation'], Deleted>;
  deletedToOurs: FitsBack<'deletedConversationToOurs', Deleted, Ours['DeletedConversation']>;
  itemToTheirs: EachFits<'conversationItemToTheirs', Ours['Item'], Items.ConversationItem, 'type'>;
  itemToOurs: EachFitsBack<'conversationItemToOurs', Items.ConversationItem, Ours['Item'], 'type'>;
  listToTheirs: Fits<'conversationItemListToTheirs', Ours['ItemList'], Items.ConversationItemList>;
  listToOurs: FitsBack<'conversationItemListToOurs', Items.ConversationItemList, Ours['ItemList']>;
  newItemsToOurs: Fits<'newItemsToOurs', Items.ItemCreateParams, OurNewItems>;
  newItemsToTheirs: FitsBack<'newItemsToTheirs', OurNewItems, Items.ItemCreateParams>;
} = {
  conversationToTheirs: true,
  conversationToOurs: true,
  requestToOurs: true,
  requestToTheirs: true,
  updateToOurs: true,
  updateToTheirs: true,
  deletedToTheirs: true,
  deletedToOurs: true,
  itemToTheirs: true,
  itemToOurs: true,
  listToTheirs: true,
  listToOurs: true,
  newItemsToOurs: true,
  newItemsToTheirs: true,
};
