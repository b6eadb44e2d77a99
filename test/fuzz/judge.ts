/** Checks the guarantees that hold for every reply, whatever the request. */
import { createParser } from 'eventsource-parser';
import { isObject } from '../../src/json/is-object.ts';
import { tryParseJson } from '../../src/json/try-parse-json.ts';
import { checkBody, findOperation, StreamChecker } from '../helpers/contract-check.ts';
import type { Answer } from './send-request.ts';

export interface Asked {
  method: string;
  path: string;
  /** Whether the agent fails on request, or is hostile: its failures are then no faults of the server. */
  mayAgentFail: boolean;
  /** Whether it was sent as bytes that need not be HTTP: a 400 may then be about the connection. */
  isRaw?: boolean;
}

/** A longer text in an error is a fault of its own: it travels to clients, logs and models. */
const textCharacters = 4_100;
/** Statuses that every path can answer: wrong methods, too slow or too large heads, expectations, upgrades. */
const connectionStatuses = [405, 408, 417, 426, 431];
/** Statuses for failures of the agent. */
const agentStatuses = [502, 504];

/** Lists the faults of a reply. */
export function judge(asked: Asked, answer: Answer): string[] {
  const faults = judgeStatus(asked, answer);
  if (asked.method === 'HEAD') return faults;
  const path = asked.path.split('?', 1)[0] ?? '';
  const operation = findOperation(asked.method, path);
  const type = answer.headers['content-type'] ?? '';
  if (type.startsWith('text/event-stream')) {
    // Only a stream that is read again begins elsewhere than at 0.
    const query = asked.method === 'GET' ? asked.path.split('?')[1] : undefined;
    const after = Number(new URLSearchParams(query ?? '').get('starting_after') ?? '-1');
    if (operation === undefined) faults.push('a stream at a path outside the contract');
    else faults.push(...judgeStream(new StreamChecker(operation, after + 1), answer.text));
    return faults;
  }
  const lacks = answer.status >= 400 ? judgeEnvelope(answer) : [];
  // Without a whole envelope it breaks the contract as well.
  if (lacks.length > 0) return [...faults, ...lacks];
  if (operation !== undefined) {
    if (!answer.headers['x-request-id']?.startsWith('req_')) faults.push('no X-Request-Id');
    // A status of the connection is not in the contract of each operation.
    const isOfConnection =
      connectionStatuses.includes(answer.status) || (asked.isRaw === true && answer.status === 400);
    if (!isOfConnection) {
      faults.push(...catchFault(() => checkBody(operation, answer.status, answer.text)));
    }
  }
  return faults;
}

function judgeStatus({ mayAgentFail }: Asked, { status, text }: Answer): string[] {
  if (status < 500) return [];
  if (agentStatuses.includes(status) && mayAgentFail && !text.includes('"internal_error"')) return [];
  return [`status ${status} ${codeOf(text) ?? ''}`.trim()];
}

/** Lists the fields of OpenAI's envelope that an error's body lacks. */
function judgeEnvelope({ headers, text }: Answer): string[] {
  if (!headers['content-type']?.startsWith('application/json')) return [`an error without JSON: ${text.slice(0, 100)}`];
  const body = tryParseJson(text);
  return judgeError(isObject(body) ? body['error'] : undefined);
}

/** Lists what an error object lacks. */
export function judgeError(error: unknown): string[] {
  if (!isObject(error)) return ['an error without the envelope'];
  const faults: string[] = [];
  for (const name of ['message', 'type', 'code']) {
    if (typeof error[name] !== 'string' || error[name] === '') faults.push(`an error without ${name}`);
  }
  const { param, message, code } = error;
  if (param !== null && typeof param !== 'string') faults.push('an error without param');
  for (const [name, text] of Object.entries({ message, param, code })) {
    if (typeof text === 'string' && text.length > textCharacters) faults.push(`an error with an endless ${name}`);
  }
  return faults;
}

function judgeStream(checker: StreamChecker, text: string): string[] {
  const faults: string[] = [];
  const parser = createParser({
    onEvent: ({ event, data }) => faults.push(...catchFault(() => checker.event(event, data)), ...judgeEvent(data)),
    onError: (error) => faults.push(`a broken stream: ${error.message}`),
  });
  parser.feed(text);
  faults.push(...catchFault(() => checker.end()));
  // After the first fault the others are its consequences.
  return faults.slice(0, 1);
}

/** Returns a fault if an event reports a failure of the server itself. */
export function judgeEvent(data: string): string[] {
  return data.includes('"code":"internal_error"') ? ['internal_error in a stream'] : [];
}

function catchFault(check: () => void): string[] {
  try {
    check();
    return [];
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}

function codeOf(text: string): string | undefined {
  return /"code":\s*"(\w+)"/.exec(text)?.[1];
}
