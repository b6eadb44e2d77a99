import { accept, ask, type Breakages, ignore, json, pretend, refuse, responsePost } from '../breakage.ts';

const conversationGet = /^GET \/conversations\/[^/]+$/;
const itemsGet = /^GET \/conversations\/[^/]+\/items(\?|$)/;

export const stateBreakages: Breakages = {
  'conversations.create': json('forgets the metadata', /^POST \/conversations$/, (body) => {
    body.metadata = {};
  }),
  'conversations.retrieve': json('returns another conversation', conversationGet, (body) => {
    body.id = 'conv_other';
  }),
  'conversations.update': pretend('reports a change without making it', /^POST \/conversations\/[^/]+$/, () => ({})),
  'conversations.delete': pretend('reports a deletion without deleting', /^DELETE /, () => ({
    object: 'conversation.deleted',
    deleted: true,
  })),
  'conversations.add-items': json('always lists items newest first', itemsGet, (body) => body.data.reverse()),
  'conversations.pages': ask('ignores after', itemsGet, (request) => {
    request.path = request.path.replace(/&after=[^&]*/, '');
    return undefined;
  }),
  'conversations.item': pretend('reports a deletion without deleting', /^DELETE .*\/items\//, () => ({})),
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
  'conversations.unknown': accept('accepts every conversation id', conversationGet),
  'conversations.locked': ask('runs turns of a conversation concurrently', responsePost, ({ body }) => {
    if (!body.stream) delete body.conversation;
    return undefined;
  }),

  'leniency.item-ids': refuse('refuses ids in input items', responsePost, ({ input }) =>
    input.some(({ id }: { id: string }) => id),
  ),
};
