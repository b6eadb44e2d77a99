import {
  accept,
  answer,
  ask,
  type Breakage,
  type Breakages,
  ignore,
  json,
  pretend,
  refuse,
  responsePost,
  status,
  withStandIn,
} from '../breakage.ts';
import { toJson } from '../stand-in.ts';

const conversationGet = /^GET \/conversations\/[^/]+$/;
const itemsGet = /^GET \/conversations\/[^/]+\/items(\?|$)/;
const responseGet = /^GET \/responses\/[^/?]+$/;
const replay = /^GET \/responses\/.*stream=true/;
const cancel = /\/cancel$/;
const otherKey = 'Bearer sk-verify-2';

/** The second key sees what the first one made: it is taken for the first. */
const shared = (does: string, match: RegExp): Breakage =>
  ask(does, match, ({ headers }) => {
    if (headers['authorization'] === otherKey) headers['authorization'] = 'Bearer sk-verify-1';
    return undefined;
  });

/** Changes each reply, knowing those before it. */
const eachTime = (does: string, change: (texts: string[]) => string): Breakage => ({
  does,
  hooks: () => {
    const texts: string[] = [];
    return {
      answer: (reply) => {
        texts.push(reply.text);
        reply.text = change(texts);
      },
    };
  },
});

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

  'resume.background': withStandIn(
    json('answers when it is done', responsePost, (body) => {
      body.status = 'completed';
    }),
  ),
  'resume.poll': withStandIn(
    json('never ends a run', responseGet, (body) => {
      body.status = 'in_progress';
    }),
  ),
  'resume.stream': withStandIn(
    answer('does not say that it runs in the background', responsePost, (reply) => {
      reply.text = reply.text.replaceAll('"background":true', '"background":false');
    }),
  ),
  'resume.replay': withStandIn(
    answer('numbers a replay anew', replay, (reply) => {
      reply.text = reply.text.replaceAll(/"sequence_number":\d+/g, '"sequence_number":0');
    }),
  ),
  'resume.starting-after': withStandIn(
    ask('counts starting_after in', replay, (request) => {
      request.path = request.path.replace(
        /starting_after=(\d+)/,
        (_, number) => `starting_after=${Number(number) - 1}`,
      );
      return undefined;
    }),
  ),
  'resume.survives': withStandIn(
    answer('gives up a run when its reader leaves', replay, (reply) => {
      reply.text = reply.text.replaceAll('response.completed', 'response.incomplete');
    }),
  ),
  'resume.progress': withStandIn(status('has not got what is still in progress', responseGet, 404)),
  'resume.cancel': withStandIn(
    json('goes on after a cancel', responseGet, (body) => {
      body.status = 'completed';
    }),
  ),
  'resume.cancel-twice': withStandIn({
    does: 'refuses a second cancel',
    hooks: () => {
      let cancels = 0;
      return {
        answer: (reply, { path }) => {
          if (path.endsWith('/cancel') && ++cancels > 1) Object.assign(reply, toJson(409, {}));
        },
      };
    },
  }),
  'resume.cancel-stream': withStandIn(
    answer('cuts the stream of a cancelled run', replay, (reply) => {
      reply.text = reply.text.slice(0, reply.text.lastIndexOf('event: '));
    }),
  ),
  'resume.cancel-foreground': status('breaks at a cancel', cancel, 500),
  'resume.cancel-unknown': accept('cancels what does not exist', cancel),

  'idempotency.same': withStandIn(
    eachTime('runs twice', (texts) => (texts.at(-1) ?? '').replace('resp_', `resp_${texts.length}`)),
  ),
  'idempotency.told': withStandIn(
    answer(
      'does not say that it gives a response again',
      responsePost,
      ({ headers }) => delete headers['idempotency-replayed'],
    ),
  ),
  'idempotency.other-body': withStandIn(accept('does not look at the body', responsePost)),

  'tenancy.retrieve': shared('shows responses to everyone', /^GET \/responses/),
  'tenancy.continue': shared('lets everyone continue a response', /^POST \/responses/),
  'tenancy.delete': shared('lets everyone delete a response', /^DELETE \/responses/),
  'tenancy.reference': shared('resolves references for everyone', /^POST \/responses/),
  'tenancy.conversation': shared('shows conversations to everyone', /conversations/),
  'tenancy.chat': shared('lists the chat completions of all', /^GET \/chat\/completions\?/),

  'leniency.item-ids': refuse('takes no ids in input items', responsePost, ({ input }) =>
    input.some(({ id }: { id: string }) => id),
  ),
};
