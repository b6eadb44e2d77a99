import type { ContractOperation } from '../../contract/load-contract.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import type { RecordedEvent } from '../../recording/recording.ts';
import type { ContractChecks, Finding } from './contract-checks.ts';

const terminalTypes = new Set(['response.completed', 'response.incomplete', 'response.failed']);

/**
 * Checks the rules of one stream: each event matches its schema, its name is its type, sequence numbers are contiguous,
 * one terminal event ends it, and `[DONE]` is last.
 */
export class StreamRules {
  readonly #operation: ContractOperation;
  readonly #checks: ContractChecks;
  readonly #isWebSocket: boolean;
  /** Whether it is a stream of Chat Completions, whose chunks have neither names nor numbers. */
  readonly #isChat: boolean;
  #events = 0;
  /** The next sequence number; `undefined` before the first event of a resumed stream. */
  #expected: number | undefined;
  #terminals = 0;
  #isDone = false;
  #hasFailed = false;

  constructor(operation: ContractOperation, checks: ContractChecks, { isWebSocket = false } = {}) {
    this.#operation = operation;
    this.#checks = checks;
    this.#isWebSocket = isWebSocket;
    this.#isChat = operation.operationId === 'createChatCompletion';
    this.#expected = operation.method === 'post' ? 0 : undefined;
  }

  get hasEnded(): boolean {
    return this.#terminals > 0 || this.#hasFailed;
  }

  /** Parses one event. Returns its recorded form and its violations. */
  event(data: string, name: string | undefined): { event: RecordedEvent; findings: Finding[] } {
    const place = `events[${this.#events}]`;
    this.#events += 1;
    const named = name === undefined ? {} : { event: name };
    if (this.#isDone) {
      return { event: toEvent(data, named), findings: [{ kind: 'ending', place, message: 'an event after [DONE]' }] };
    }
    if (data === '[DONE]') {
      this.#isDone = true;
      return { event: { ...named, text: data }, findings: [] };
    }
    const event = toEvent(data, named);
    if (!('json' in event)) {
      return { event, findings: [{ kind: 'bad JSON', place, message: 'the data is not JSON' }] };
    }
    const findings = this.#check(event.json, name);
    return { event, findings: findings.map((finding) => within(place, finding)) };
  }

  /** Returns the violations of a stream that has ended. */
  end(): Finding[] {
    const findings: Finding[] = [];
    if (!this.#isChat && this.#terminals === 0 && !(this.#isWebSocket && this.#hasFailed)) {
      findings.push({ kind: 'ending', place: '', message: 'the stream ended without a terminal event' });
    }
    if (!this.#isDone && !this.#isWebSocket && !this.#hasFailed) {
      const missing: Finding = { kind: 'ending', place: '', message: 'the stream ended without [DONE]' };
      findings.push(this.#isChat ? missing : this.#ofOpenResponses(missing));
    }
    return findings;
  }

  #check(json: unknown, name: string | undefined): Finding[] {
    const findings: Finding[] = [];
    const fields = isObject(json) ? json : {};
    const isFrameError = this.#isWebSocket && fields['type'] === 'error';
    findings.push(...(isFrameError ? this.#checks.frameError(json) : this.#checks.event(this.#operation, json)));
    if (isFrameError || (this.#isChat && fields['error'])) this.#hasFailed = true;
    else if (!this.#isChat) findings.push(...this.#checkResponseEvent(fields, name));
    return findings;
  }

  /** Makes a finding a note unless Open Responses, which alone requires it, binds the upstream. */
  #ofOpenResponses(finding: Finding): Finding {
    return this.#checks.bindsToOpenResponses ? finding : { ...finding, isNote: true };
  }

  #checkResponseEvent({ type, sequence_number: number }: Record<string, unknown>, name: string | undefined): Finding[] {
    const findings: Finding[] = [];
    if (!this.#isWebSocket && name !== type) {
      const message = `the event field says ${name ?? 'nothing'}, the type is ${type}`;
      findings.push(this.#ofOpenResponses({ kind: 'event name', place: 'type', message }));
    }
    // A missing number or one of another type violates the schema already.
    if (typeof number === 'number') {
      if (this.#expected !== undefined && number !== this.#expected) {
        const message = `expected ${this.#expected}, but got ${number} instead`;
        findings.push({ kind: 'sequence', place: 'sequence_number', message });
      }
      // Continue from here, so that one gap is reported once.
      this.#expected = number + 1;
    }
    if (this.#terminals > 0) findings.push({ kind: 'ending', place: '', message: `${type} after the terminal event` });
    if (typeof type === 'string' && terminalTypes.has(type)) this.#terminals += 1;
    return findings;
  }
}

function toEvent(data: string, named: RecordedEvent): RecordedEvent {
  const json = tryParseJson(data);
  return json === undefined ? { ...named, text: data } : { ...named, json };
}

function within(place: string, finding: Finding): Finding {
  const { place: inner } = finding;
  return { ...finding, place: inner === '' || inner.startsWith('[') ? `${place}${inner}` : `${place}.${inner}` };
}
