import { accept, ask, type Breakages, ignore, json, pretend, refuse, responsePost } from '../breakage.ts';

const conversationGet = /^GET \/conversations\/[^/]+$/;
const itemsGet = /^GET \/conversations\/[^/]+\/items(\?|$)/;

export const stateBreakages: Breakages = {
  'conversations.create': json('forgets the metadata', /^POST \/conversations$/, (body) => {
    body.metadata = {};
  }),
  'conversations.retrieve': json('gives another conversation', conversationGet, (body) => {
    body.id = 'conv_other';
  }),
  'conversations.update': pretend(
    'says that it has changed what it has not',
    /^POST \/conversations\/[^/]+$/,
    () => ({}),
  ),
  'conversations.delete': pretend('says that it has deleted what it has not', /^DELETE /, () => ({
    object: 'conversation.deleted',
    deleted: true,
  })),
  'conversations.add-items': json('lists items the newest first, always', itemsGet, (body) => body.data.reverse()),
  'conversations.pages': ask('ignores after', itemsGet, (request) => {
    request.path = request.path.replace(/&after=[^&]*/, '');
    return undefined;
  }),
  'conversations.item': pretend('says that it has deleted what it has not', /^DELETE .*\/items\//, () => ({})),
  'conversations.turn': {
    does: 'adds nothing to a conversation',
    hooks: () => ({
      answer: (reply, { method, path }) => {
        if (method === 'GET' && path.includes('/items')) {
          reply.text = '{"object":"list","data":[],"first_id":null,"last_id":null,"has_more":false}';
        }
      },
    }),
  },
  'conversations.memory': ignore('ignores the conversation', responsePost, 'conversation'),
  'conversations.not-both': ignore('ignores the conversation', responsePost, 'conversation'),
  'conversations.unknown': accept('knows every conversation', conversationGet),
  'conversations.locked': ask('takes turns side by side', responsePost, ({ body }) => {
    if (!body.stream) delete body.conversation;
    return undefined;
  }),

  'leniency.item-ids': refuse('takes no ids in input items', responsePost, ({ input }) =>
    input.some(({ id }: { id: string }) => id),
  ),
};
