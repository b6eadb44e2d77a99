import type { OperationId } from '../types.ts';
import type { BodyForm } from './body-form.ts';
import { chatForm } from './chat-form.ts';
import { itemsForm, responsesForm } from './responses-form.ts';

/** The operations whose bodies clients write in several forms. */
export const bodyForms: Partial<Record<OperationId, BodyForm>> = {
  createChatCompletion: chatForm,
  createResponse: responsesForm,
  countInputTokens: responsesForm,
  compactResponse: responsesForm,
  createConversation: itemsForm,
  createConversationItems: itemsForm,
};
