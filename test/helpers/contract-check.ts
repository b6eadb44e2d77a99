import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { createParser } from 'eventsource-parser';
import { createValueCheck } from '../../src/contract/check-value.ts';
import { type ContractOperation, loadContract } from '../../src/contract/load-contract.ts';
import { createOutputCheck } from '../../src/contract/validate-output.ts';

const contract = loadContract();
const check = createOutputCheck(contract);
const paths = contract.operations.map((operation) => ({
  operation,
  pattern: new RegExp(`^${operation.path.replaceAll(/\{\w+\}/g, '[^/]+')}$`),
}));

/** Directory of the observations for the coverage check; see scripts/test.ts. */
const directory = process.env['TALARIA_COVERAGE_DIR'];
const seen = new Set<string>();

function note(fact: string): void {
  if (seen.has(fact)) return;
  seen.add(fact);
  if (directory) appendFileSync(join(directory, `${process.pid}.log`), `${fact}\n`);
}

/** Finds an operation; `undefined` outside the contract. A fixed path takes precedence over a matching template. */
export function findOperation(method: string, path: string): ContractOperation | undefined {
  const template = paths.find(({ pattern }) => pattern.test(path))?.operation.path;
  return contract.operations.find(
    (operation) => operation.path === template && operation.method === method.toLowerCase(),
  );
}

/**
 * `fetch` that checks every reply of the contract's operations. Throws on the first invalid body. A stream errors at the
 * first invalid event, or at the first that violates the rules of a stream: names that match types, contiguous sequence
 * numbers, exactly one terminal event, `[DONE]` last.
 */
export const checkedFetch: typeof fetch = async (input, init) => {
  const request = new Request(input, init);
  const response = await fetch(request);
  const operation = findOperation(request.method, new URL(request.url).pathname);
  if (!operation) return response;
  if (!response.headers.get('x-request-id')?.startsWith('req_'))
    throw new Error('The reply has no valid X-Request-Id.');
  note(`operation ${operation.operationId} ${response.status}`);
  if (!response.headers.get('content-type')?.startsWith('text/event-stream')) {
    checkBody(operation, response.status, await response.clone().text());
    return response;
  }
  const after = new URL(request.url).searchParams.get('starting_after') ?? '-1';
  const body = response.body?.pipeThrough(checkStream(operation, Number(after) + 1));
  return new Response(body ?? null, { status: response.status, headers: response.headers });
};

export function checkBody(operation: ContractOperation, status: number, text: string): void {
  check.json(operation.operationId, status, JSON.parse(text));
}

const terminalTypes = ['response.completed', 'response.incomplete', 'response.failed'];

function checkStream(
  operation: ContractOperation,
  first: number,
): TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>> {
  const checker = new StreamChecker(operation, first);
  const decoder = new TextDecoder();
  const parser = createParser({
    onEvent: (event) => checker.event(event.event, event.data),
    onError: (error) => {
      throw error;
    },
  });
  return new TransformStream({
    transform(chunk, controller) {
      parser.feed(decoder.decode(chunk, { stream: true }));
      controller.enqueue(chunk);
    },
    flush: () => checker.end(),
  });
}

/** Checks the rules of one stream. Also used by tests that read a raw socket. */
export class StreamChecker {
  readonly #operation: ContractOperation;
  /** Whether it is a stream of a response. Chat's chunks have neither types nor numbers. */
  readonly #isResponse: boolean;
  readonly #first: number;
  #next: number;
  #terminals = 0;
  #done = false;
  #failed = false;

  /** `first` is the sequence number of the first event. */
  constructor(operation: ContractOperation, first = 0) {
    this.#operation = operation;
    this.#isResponse = ['createResponse', 'getResponse', 'getAnyResponse'].includes(operation.operationId);
    this.#first = first;
    this.#next = first;
  }

  event(name: string | undefined, data: string): void {
    if (this.#done) throw new Error(`An event after [DONE]: ${data}`);
    if (data === '[DONE]') {
      this.#done = true;
      return;
    }
    const event = JSON.parse(data);
    check.event(this.#operation.operationId, event);
    note(`event ${this.#operation.operationId} ${event.type ?? event.object ?? 'error'}`);
    if (this.#isResponse) this.#responseEvent(name, event);
    else this.#failed = event.error !== undefined;
  }

  #responseEvent(name: string | undefined, event: { type: string; sequence_number: number }): void {
    if (name !== event.type) throw new Error(`The event name is ${name}, its type ${event.type}.`);
    if (event.sequence_number !== this.#next) {
      throw new Error(`Expected sequence number ${this.#next}, received ${event.sequence_number}.`);
    }
    this.#next += 1;
    if (this.#terminals > 0) throw new Error(`${event.type} after the terminal event.`);
    if (terminalTypes.includes(event.type)) this.#terminals += 1;
  }

  end(): void {
    // A replay may start after the terminal event.
    const isNothingLeft = this.#first > 0 && this.#next === this.#first;
    if (this.#isResponse && this.#terminals !== 1 && !isNothingLeft) {
      throw new Error(`The stream ended with ${this.#terminals} terminal events.`);
    }
    if (!this.#done && !this.#failed) throw new Error('The stream ended without [DONE].');
  }
}

const checkErrorMessage = createValueCheck(contract, { $ref: '#/components/schemas/WebSocketErrorEvent' });

/** The messages about steering that belong to no stream. */
const steerChecks = new Map([
  ['response.steer.failed', createValueCheck(contract, { $ref: '#/components/schemas/WebSocketSteerFailed' })],
  ['response.steer.pending', createValueCheck(contract, { $ref: '#/components/schemas/WebSocketSteerPending' })],
]);

/** Checks the rules of a WebSocket: in each lane, streams like those of HTTP, one after another. */
export class SocketChecker {
  /** The stream of each lane. */
  readonly #responses = new Map<string | undefined, StreamChecker>();

  /** Returns the parsed message. Throws if it violates the contract. */
  message(data: string): { type: string } {
    const message = JSON.parse(data);
    if (message.type === 'error') {
      checkErrorMessage(message);
      return message;
    }
    const checkSteer = steerChecks.get(message.type);
    if (checkSteer) {
      checkSteer(message);
      return message;
    }
    const operation = findOperation('POST', '/v1/responses');
    if (!operation) throw new Error('The contract has no POST /v1/responses.');
    const lane: string | undefined = message.stream_id;
    const response = this.#responses.get(lane) ?? new StreamChecker(operation);
    this.#responses.set(lane, response);
    response.event(message.type, data);
    if (terminalTypes.includes(message.type)) {
      // Only HTTP sends [DONE]; here the terminal event ends the stream.
      response.event(undefined, '[DONE]');
      response.end();
      this.#responses.delete(lane);
    }
    return message;
  }
}
