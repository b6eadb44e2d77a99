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

/** Refuses all matching requests but the first. */
const onlyOnce = (does: string, match: RegExp): Breakage => ({
  does,
  hooks: () => {
    let count = 0;
    return {
      ask: (request) => (fits(match, request) && ++count > 1 ? toJson(409, toError('That was done.')) : undefined),
    };
  },
});

/** Drops the Idempotency-Key of matching requests, so that each runs. */
const keyless = (does: string, match: RegExp): Breakage =>
  ask(does, match, ({ headers }) => {
    delete headers['idempotency-key'];
    return undefined;
  });

export const runBreakages: Breakages = {
  'resume.background': json('answers when the run has ended', responsePost, (body) => {
    body.status = 'completed';
  }),
  'resume.poll': json('never ends a run', responseGet, (body) => {
    body.status = 'in_progress';
  }),
  'resume.not-stored': ask('accepts background with store: false', responsePost, ({ body }) => {
    body.store = true;
    return undefined;
  }),
  'resume.stream': answer('omits background: true', responsePost, (reply) => {
    reply.text = reply.text.replaceAll('"background":true', '"background":false');
  }),
  'resume.progress': status('answers 404 for a run in progress', responseGet, 404),
  'resume.survives': ignore('cancels a background run when its reader disconnects', responsePost, 'background'),
  'resume.pick-up': cursor('replays from the first event', (path) => path.replace(/&starting_after=\d+/, '')),
  'resume.readers': onlyOnce('serves only one reader', replay),
  'resume.replay': answer('renumbers a replay', replay, (reply) => {
    reply.text = reply.text.replaceAll(/"sequence_number":\d+/g, '"sequence_number":0');
  }),
  'resume.starting-after': cursor('includes the event at starting_after', oneEarlier),
  'resume.nothing-left': cursor('includes the event at starting_after', oneEarlier),
  'resume.bad-cursor': cursor('accepts any starting_after', (path) => path.replace('soon', '0')),
  'resume.plain': cursor('ignores stream for a response created without it', (path) =>
    path.replace('?stream=true', ''),
  ),
  'resume.running-parent': ignore('continues without the unfinished response', responsePost, 'previous_response_id'),
  'resume.delete-running': pretend('reports a deletion without deleting', /^DELETE /, () => ({ deleted: true })),
  'resume.delete-stream': pretend('continues a stream after its deletion', /^DELETE /, () => ({ deleted: true })),
  'resume.cancel': json('continues after a cancel', responseGet, (body) => {
    body.status = 'in_progress';
  }),
  'resume.cancel-twice': onlyOnce('refuses a second cancel', cancel),
  'resume.cancel-stream': answer('closes the stream of a cancelled run without an event', replay, (reply) => {
    reply.text = reply.text.slice(0, reply.text.lastIndexOf('event: '));
  }),
  'resume.cancel-ended': json('cancels an ended run', cancel, (body) => {
    body.status = 'cancelled';
  }),
  'resume.cancel-foreground': status('answers a cancel with an error', cancel, 500),
  'resume.cancel-unknown': accept('accepts the cancel of an unknown response', cancel),

  'idempotency.same': keyless('runs twice', responsePost),
  'idempotency.told': answer('omits Idempotency-Replayed', responsePost, ({ headers }) => {
    delete headers['idempotency-replayed'];
  }),
  'idempotency.stream': keyless('streams a second run', responsePost),
  'idempotency.at-once': keyless('runs both', responsePost),
  'idempotency.disconnect': keyless('starts a new run when a client reconnects', responsePost),
  'idempotency.other-body': accept('ignores the body', responsePost),
  'idempotency.chat': keyless('runs a chat twice', chatPost),
};
