import {
  accept,
  answer,
  ask,
  type Breakage,
  type Breakages,
  chatPost,
  fits,
  ignore,
  json,
  pretend,
  responsePost,
  status,
} from '../breakage.ts';
import { toError, toJson } from '../passed-reply.ts';

const responseGet = /^GET \/responses\/[^/?]+$/;
const replay = /^GET \/responses\/.*stream=true/;
const cancel = /\/cancel$/;

/** Changes the query of replays. */
const cursor = (does: string, change: (path: string) => string): Breakage =>
  ask(does, replay, (request) => {
    request.path = change(request.path);
    return undefined;
  });

const oneEarlier = (path: string) =>
  path.replace(/starting_after=(\d+)/, (_, number) => `starting_after=${Number(number) - 1}`);

/** Refuses the requests that fit, all but the first. */
const onlyOnce = (does: string, match: RegExp): Breakage => ({
  does,
  hooks: () => {
    let count = 0;
    return {
      ask: (request) => (fits(match, request) && ++count > 1 ? toJson(409, toError('That was done.')) : undefined),
    };
  },
});

/** Forgets the keys of the requests that fit, so that each runs. */
const keyless = (does: string, match: RegExp): Breakage =>
  ask(does, match, ({ headers }) => {
    delete headers['idempotency-key'];
    return undefined;
  });

export const runBreakages: Breakages = {
  'resume.background': json('answers when it is done', responsePost, (body) => {
    body.status = 'completed';
  }),
  'resume.poll': json('never ends a run', responseGet, (body) => {
    body.status = 'in_progress';
  }),
  'resume.not-stored': ask('stores what it was told not to', responsePost, ({ body }) => {
    body.store = true;
    return undefined;
  }),
  'resume.stream': answer('does not say that it runs in the background', responsePost, (reply) => {
    reply.text = reply.text.replaceAll('"background":true', '"background":false');
  }),
  'resume.progress': status('has not got what is still in progress', responseGet, 404),
  'resume.survives': ignore('gives up a run when its reader leaves', responsePost, 'background'),
  'resume.pick-up': cursor('begins anew in place of going on', (path) => path.replace(/&starting_after=\d+/, '')),
  'resume.readers': onlyOnce('gives its events to one reader alone', replay),
  'resume.replay': answer('numbers a replay anew', replay, (reply) => {
    reply.text = reply.text.replaceAll(/"sequence_number":\d+/g, '"sequence_number":0');
  }),
  'resume.starting-after': cursor('counts starting_after in', oneEarlier),
  'resume.nothing-left': cursor('counts starting_after in', oneEarlier),
  'resume.bad-cursor': cursor('takes any starting_after', (path) => path.replace('soon', '0')),
  'resume.plain': cursor('ignores stream where there was none', (path) => path.replace('?stream=true', '')),
  'resume.running-parent': ignore(
    'continues what has not ended as if it were not there',
    responsePost,
    'previous_response_id',
  ),
  'resume.delete-running': pretend('says that it has deleted what it has not', /^DELETE /, () => ({ deleted: true })),
  'resume.delete-stream': pretend('goes on with what it says is deleted', /^DELETE /, () => ({ deleted: true })),
  'resume.cancel': json('goes on after a cancel', responseGet, (body) => {
    body.status = 'in_progress';
  }),
  'resume.cancel-twice': onlyOnce('refuses a second cancel', cancel),
  'resume.cancel-stream': answer('cuts the stream of a cancelled run', replay, (reply) => {
    reply.text = reply.text.slice(0, reply.text.lastIndexOf('event: '));
  }),
  'resume.cancel-ended': json('cancels what has ended', cancel, (body) => {
    body.status = 'cancelled';
  }),
  'resume.cancel-foreground': status('breaks at a cancel', cancel, 500),
  'resume.cancel-unknown': accept('cancels what does not exist', cancel),

  'idempotency.same': keyless('runs twice', responsePost),
  'idempotency.told': answer('does not say that it gives a response again', responsePost, ({ headers }) => {
    delete headers['idempotency-replayed'];
  }),
  'idempotency.stream': keyless('streams a second run', responsePost),
  'idempotency.at-once': keyless('runs both', responsePost),
  'idempotency.disconnect': keyless('begins anew when a client comes back', responsePost),
  'idempotency.other-body': accept('does not look at the body', responsePost),
  'idempotency.chat': keyless('runs a chat twice', chatPost),
};
