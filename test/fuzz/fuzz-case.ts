import type { Agent } from 'node:http';
import { findOperation } from '../helpers/contract-check.ts';
import type { CaseRandom } from './case-random.ts';
import { type Asked, judge } from './judge.ts';
import { type Answer, type FuzzRequest, sendRequest } from './send-request.ts';

export type AgentKind = 'offline' | 'hostile';

/** The server that cases are sent to. */
export interface Target {
  url: string;
  agent: AgentKind;
  /** Bearer keys of two tenants. */
  keys: { a: string; b: string };
  connections: Agent;
}

/** One fault of one reply. */
export interface Finding {
  /** Key of a group: the same operation with the same fault is reported once. */
  group: string;
  fault: string;
  request: string;
  answer: string;
}

/** Directives and features that make the offline agent fail. A script with `/limit` alone has no output. */
const failing = /\/status|\/break|\/limit|json_schema|json_object|tool_choice|tools|"custom|"n"/;

/** A running case: its choices, its requests and its faults. */
export class FuzzCase {
  readonly index: number;
  /** Unique in the run: part of keys and texts. */
  readonly name: string;
  readonly random: CaseRandom;
  readonly target: Target;
  readonly findings: Finding[] = [];
  /** Answers by status, for the summary. */
  readonly statuses: number[] = [];
  mayAgentFail: boolean;

  constructor({ index, seed, random, target }: { index: number; seed: number; random: CaseRandom; target: Target }) {
    this.index = index;
    this.name = `fuzz:${seed}:${index}:`;
    this.random = random;
    this.target = target;
    this.mayAgentFail = target.agent === 'hostile';
  }

  /** Sends a request with a tenant's key and judges its answer. */
  async send(request: FuzzRequest, tenant: 'a' | 'b' | undefined = 'a'): Promise<Answer | undefined> {
    if (failing.test(request.body?.toString('latin1') ?? '')) this.mayAgentFail = true;
    const key = tenant === undefined ? {} : { authorization: `Bearer ${this.target.keys[tenant]}` };
    const whole = { ...request, headers: { ...key, ...request.headers } };
    const { answer, failure } = await sendRequest(this.target.url, whole, this.target.connections);
    if (failure !== undefined) {
      this.find(request, failure);
      return undefined;
    }
    this.judge(request, answer);
    return answer;
  }

  /** Sends a JSON body. */
  post(path: string, body: unknown, tenant?: 'a' | 'b', headers: Record<string, string> = {}) {
    const bytes = Buffer.from(JSON.stringify(body));
    const all = { 'content-type': 'application/json', ...headers };
    return this.send({ method: 'POST', path, headers: all, body: bytes }, tenant);
  }

  judge(request: FuzzRequest, answer: Answer, isRaw = false): void {
    this.statuses.push(answer.status);
    const asked: Asked = { method: request.method, path: request.path, mayAgentFail: this.mayAgentFail, isRaw };
    for (const fault of judge(asked, answer)) this.find(request, fault, answer);
  }

  find(request: FuzzRequest, fault: string, answer?: Answer): void {
    const path = request.path.split('?', 1)[0] ?? '';
    const place = findOperation(request.method, path)?.path ?? shapeOf(path);
    const group = `${request.method} ${place}: ${shapeOf(fault)}`;
    this.findings.push({ group, fault, request: describeRequest(request), answer: describeAnswer(answer) });
  }
}

/** Returns a text without the parts that vary between cases. */
export function shapeOf(text: string): string {
  return text
    .split(/[\n,]/, 1)[0]
    ?.replaceAll(/\b(resp|conv|msg|req|fc|rs|cmp|ctc|chatcmpl)[_-]\w+/g, '$1_…')
    .replaceAll(/\d+/g, 'N')
    .slice(0, 200) as string;
}

const shownCharacters = 1_200;

function describeRequest({ method, path, headers = {}, body }: FuzzRequest): string {
  const { authorization: _key, ...shown } = headers;
  const head = `${method} ${path.slice(0, 300)} ${JSON.stringify(shown).slice(0, 400)}`;
  return body === undefined ? head : `${head}\n${cut(toVisible(body), shownCharacters)}`;
}

function toVisible(bytes: Buffer): string {
  const text = bytes.toString();
  // A body that is not text is shown as its bytes.
  return text.includes('\ufffd') ? `(base64) ${bytes.toString('base64')}` : text;
}

const describeAnswer = (answer: Answer | undefined): string =>
  answer === undefined ? 'none' : `${answer.status} ${cut(answer.text, 600)}`;

const cut = (text: string, length: number): string =>
  text.length <= length ? text : `${text.slice(0, length)}… (${text.length} characters)`;
