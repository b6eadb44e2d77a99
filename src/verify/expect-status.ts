import { Failure, Unsupported } from './outcomes.ts';
import { at, expectThat, show } from './read-json.ts';
import type { Reply, Session } from './session.ts';

/** Codes of a 404 about an object named by the request, not about the path. */
const namedThings = ['model_not_found', 'previous_response_not_found', 'conversation_not_found', 'item_not_found'];

/** Words of a 400 with which a server without such a code reports an unsupported feature. */
const notSupported = /\b(does not|doesn't) (yet )?support\b/i;

/** Returns a 200 reply. Throws Unsupported when the server lacks the feature, and Failure for any other status. */
export async function expectOk(session: Session, reply: Reply): Promise<Reply> {
  if (reply.status === 200) return reply;
  await refuseUnsupported(session, reply);
  const message = at(reply.body, 'error.message');
  throw new Failure(`the status is ${reply.status}, not 200${typeof message === 'string' ? `: ${message}` : ''}`);
}

/** Returns a refusal with one of these statuses. */
export async function expectRefusal(session: Session, reply: Reply, statuses: readonly number[]): Promise<Reply> {
  if (statuses.includes(reply.status)) {
    // A 404 for the path itself is no refusal of the request.
    if (reply.status === 404) await refuseUnsupported(session, reply);
    return reply;
  }
  await refuseUnsupported(session, reply);
  throw new Failure(`the status is ${reply.status}, not ${statuses.join(' or ')}`);
}

/** Expects a 404 on a path that worked before. */
export function expectGone(reply: Reply): void {
  expectThat(reply.status === 404, `the status is ${reply.status}, not 404, after it was deleted`);
}

/** Expects OpenAI's error envelope with all four fields. */
export function expectEnvelope(session: Session, reply: Reply): void {
  const type = `${reply.headers['content-type']}`;
  expectThat(/^application\/json\b/i.test(type), `the error is ${type}, not application/json`);
  session.check.schema('ErrorResponse', reply.body);
}

/** Expects `param` to name the field, or to be null as the envelope allows. */
export function expectParam(session: Session, reply: Reply, param: string): void {
  const found = at(reply.body, 'error.param');
  // Only the audit of the envelope blames a server for a missing one.
  if (found == null) return session.note(`error.param is ${show(found)}, where it could say "${param}"`);
  expectThat(found === param, `error.param is ${show(found)}, not "${param}"`, 'error.param');
}

async function refuseUnsupported(session: Session, reply: Reply): Promise<void> {
  const code = `${at(reply.body, 'error.code')}`;
  const message = `${at(reply.body, 'error.message')}`;
  if (reply.status === 405 || reply.status === 501) throw new Unsupported(`the server answers ${reply.status}`);
  if (reply.status === 400 && (code.startsWith('unsupported_') || notSupported.test(message))) {
    throw new Unsupported(`${message} (${code})`);
  }
  if (reply.status !== 404 || namedThings.includes(code)) return;
  const { evidence } = session;
  if (evidence && (await isUnknownPath(session, evidence.method, reply))) {
    throw new Unsupported('the server has no such path (404)');
  }
}

/** Whether this 404 equals the one of a path that doesn't exist. Then it says nothing about the requested object. */
async function isUnknownPath(session: Session, method: string, reply: Reply): Promise<boolean> {
  const { evidence } = session;
  const nowhere = '/no-such-path-of-talaria-verify';
  const other = await session.send(method, nowhere, method === 'POST' ? { body: {} } : {});
  const otherPath = session.evidence?.path ?? '';
  session.evidence = evidence;
  const ownPath = evidence?.path.split('?', 1)[0] ?? '';
  return other.status === 404 && withoutPath(reply.text, ownPath) === withoutPath(other.text, otherPath);
}

/** Normalises a 404, which often quotes the path or carries an id and a time. */
function withoutPath(text: string, path: string): string {
  const last = path.slice(path.lastIndexOf('/v1') + 1);
  return text
    .replaceAll(path, '')
    .replaceAll(last, '')
    .replaceAll('/v1', '')
    .replaceAll(/\d+|[0-9a-f-]{16,}/g, '');
}
