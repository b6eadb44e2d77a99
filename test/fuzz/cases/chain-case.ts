import { isObject } from '../../../src/json/is-object.ts';
import { tryParseJson } from '../../../src/json/try-parse-json.ts';
import type { FuzzCase } from '../fuzz-case.ts';
import type { Answer } from '../send-request.ts';
import { pickText } from '../values.ts';

/** An object of tenant a, and its path. */
interface Made {
  kind: 'response' | 'conversation' | 'completion';
  id: string;
}

const roots = { response: '/v1/responses', conversation: '/v1/conversations', completion: '/v1/chat/completions' };
const pathOf = ({ kind, id }: Made): string => `${roots[kind]}/${encodeURIComponent(id)}`;

/** A sequence of requests that build on each other by the ids the server gave; ids of one tenant are 404 for another. */
export async function runChainCase(fuzz: FuzzCase): Promise<void> {
  const chain = new Chain(fuzz);
  for (let steps = 3 + fuzz.random(6); steps > 0; steps--) await chain.step();
  await chain.checkIsolation();
  await chain.checkDeletion();
}

class Chain {
  readonly #fuzz: FuzzCase;
  readonly #made: Made[] = [];
  readonly #itemIds: string[] = [];
  #keys = 0;

  constructor(fuzz: FuzzCase) {
    this.#fuzz = fuzz;
  }

  async step(): Promise<void> {
    const { random } = this.#fuzz;
    switch (random(10)) {
      case 0:
      case 1:
      case 2:
        return this.#respond();
      case 3:
        return this.#converse();
      case 4:
        return this.#complete();
      case 5:
        return this.#repeat();
      case 6:
        return this.#compact();
      default:
        return this.#read();
    }
  }

  /** Checks that every object is unknown to another tenant. */
  async checkIsolation(): Promise<void> {
    const made = this.#made.at(-1);
    if (made === undefined) return;
    const path = pathOf(made);
    const requests = [
      { method: 'GET', path },
      { method: 'DELETE', path },
      ...(made.kind === 'response'
        ? [
            { method: 'POST', path: `${path}/cancel` },
            { method: 'GET', path: `${path}/input_items` },
            { method: 'GET', path: `${path}?stream=true` },
          ]
        : []),
      ...(made.kind === 'conversation' ? [{ method: 'GET', path: `${path}/items` }] : []),
      ...(made.kind === 'completion' ? [{ method: 'GET', path: `${path}/messages` }] : []),
    ];
    for (const request of requests) {
      const answer = await this.#fuzz.send(request, 'b');
      if (answer && answer.status !== 404) this.#fuzz.find(request, "another tenant's thing was found", answer);
    }
    const body = {
      input: 'x',
      ...(made.kind === 'response' ? { previous_response_id: made.id } : {}),
      ...(made.kind === 'conversation' ? { conversation: made.id } : {}),
    };
    if (made.kind === 'completion') return;
    const answer = await this.#fuzz.post('/v1/responses', body, 'b');
    if (answer && answer.status !== 404) {
      this.#fuzz.find({ method: 'POST', path: '/v1/responses' }, "another tenant's thing was continued", answer);
    }
  }

  async checkDeletion(): Promise<void> {
    const made = this.#made.at(-1);
    if (made === undefined) return;
    const answer = await this.#fuzz.send({ method: 'DELETE', path: pathOf(made) });
    if (answer?.status !== 200) return;
    const again = await this.#fuzz.send({ method: 'GET', path: pathOf(made) });
    if (again && again.status !== 404) {
      this.#fuzz.find({ method: 'GET', path: pathOf(made) }, 'a deleted thing was found', again);
    }
  }

  #pick(kind: Made['kind']): Made | undefined {
    const fitting = this.#made.filter((made) => made.kind === kind);
    return fitting.length === 0 ? undefined : this.#fuzz.random.pick(fitting);
  }

  #note(kind: Made['kind'], answer: Answer | undefined): void {
    if (answer?.status !== 200) return;
    const { id } = readObject(answer.text);
    if (typeof id === 'string') this.#made.push({ kind, id });
    for (const [itemId] of answer.text.matchAll(/\b(?:msg|fc|rs|ctc)_\w+/g)) {
      if (this.#itemIds.length < 50) this.#itemIds.push(itemId);
    }
  }

  #makeTurn(): Record<string, unknown> {
    const { random, name } = this.#fuzz;
    const parent = random.once(2) ? this.#pick('response') : undefined;
    const conversation = parent === undefined && random.once(2) ? this.#pick('conversation') : undefined;
    const itemId = random.once(6) && this.#itemIds.length > 0 ? random.pick(this.#itemIds) : undefined;
    const text = `${name}\n${pickText(random)}`;
    const call = {
      type: 'function_call_output',
      call_id: random.pick(['c1', 'call_1', text]),
      output: pickText(random),
    };
    return {
      input: random.once(8)
        ? [call]
        : [...(itemId === undefined ? [] : [{ type: 'item_reference', id: itemId }]), { role: 'user', content: text }],
      ...(parent === undefined ? {} : { previous_response_id: parent.id }),
      ...(conversation === undefined
        ? {}
        : { conversation: random.once(2) ? conversation.id : { id: conversation.id } }),
      stream: random.once(3),
      background: random.once(4),
      ...(random.once(6) ? { store: false } : {}),
      ...(random.once(6) ? { include: ['reasoning.encrypted_content', 'message.output_text.logprobs'] } : {}),
      ...(random.once(6) ? { truncation: 'auto' } : {}),
    };
  }

  async #respond(): Promise<void> {
    const { random } = this.#fuzz;
    const turn = this.#makeTurn();
    this.#note('response', await this.#fuzz.post('/v1/responses', turn));
    const made = this.#made.at(-1);
    if (made?.kind !== 'response') return;
    if (turn['background'] === true && random.once(2)) {
      await this.#fuzz.send({ method: 'POST', path: `${pathOf(made)}/cancel` });
    }
    if (turn['background'] === true) await this.#replay(made);
  }

  /** A repeated key means the same answer, also when both requests come at once. */
  async #repeat(): Promise<void> {
    const turn = this.#makeTurn();
    const headers = { 'idempotency-key': `${this.#fuzz.name}${this.#keys++}` };
    const send = () => this.#fuzz.post('/v1/responses', turn, 'a', headers);
    const answers = this.#fuzz.random.once(2) ? await Promise.all([send(), send()]) : [await send(), await send()];
    const ids = new Set(answers.flatMap((answer) => /resp_\w+/.exec(answer?.text ?? '') ?? []));
    // An attempt that failed before it produced anything frees its key.
    const kept = [];
    for (const id of ids.size > 1 ? ids : []) {
      const answer = await this.#fuzz.send({ method: 'GET', path: `/v1/responses/${id}` });
      if (answer?.status === 200 && readObject(answer.text)['status'] !== 'failed') kept.push(id);
    }
    if (kept.length > 1) {
      const body = Buffer.from(JSON.stringify(turn));
      const request = { method: 'POST', path: '/v1/responses', headers, body };
      this.#fuzz.find(request, `one key made ${kept.length} responses`, answers[0]);
    }
    this.#note('response', answers[0]);
  }

  async #converse(): Promise<void> {
    const { random } = this.#fuzz;
    const known = this.#pick('conversation');
    const item = { type: 'message', role: 'user', content: pickText(random) };
    if (known === undefined) {
      this.#note('conversation', await this.#fuzz.post('/v1/conversations', random.once(2) ? {} : { items: [item] }));
      return;
    }
    const path = pathOf(known);
    const answer = await this.#fuzz.post(`${path}/items`, {
      items: Array.from({ length: 1 + random(20) }, () => item),
    });
    const itemId = /msg_\w+/.exec(answer?.text ?? '')?.[0];
    if (itemId === undefined) return;
    this.#itemIds.push(itemId);
    await this.#fuzz.send({ method: random.pick(['GET', 'DELETE']), path: `${path}/items/${itemId}` });
    await this.#fuzz.send({ method: 'GET', path: `${path}/items?after=${itemId}&limit=${1 + random(100)}&order=asc` });
    await this.#fuzz.post(path, { metadata: { a: pickText(random).slice(0, 500) } });
  }

  async #complete(): Promise<void> {
    const { random } = this.#fuzz;
    const messages = [{ role: 'user', content: `${this.#fuzz.name}\n${pickText(random)}` }];
    const metadata = { a: 'b' };
    const n = 1 + random(3);
    const answer = await this.#fuzz.post('/v1/chat/completions', {
      messages,
      store: true,
      metadata,
      n,
      stream: random.once(3),
    });
    this.#note('completion', answer);
    const made = this.#made.at(-1);
    if (made?.kind !== 'completion') return;
    await this.#fuzz.post(pathOf(made), { metadata: { a: 'c' } });
    await this.#fuzz.send({ method: 'GET', path: `${pathOf(made)}/messages?limit=1` });
    await this.#fuzz.send({ method: 'GET', path: `/v1/chat/completions?after=${made.id}&limit=3&metadata[a]=c` });
  }

  async #compact(): Promise<void> {
    const { random } = this.#fuzz;
    const parent = this.#pick('response');
    const body = parent === undefined ? { input: 'Hello' } : { previous_response_id: parent.id };
    const answer = await this.#fuzz.post('/v1/responses/compact', { model: 'offline', ...body });
    const output = readObject(answer?.text ?? '')['output'];
    if (!Array.isArray(output)) return;
    // Sends sealed content back: unchanged, as another kind, or altered.
    const items = output.map((item) =>
      isObject(item) && random.once(3) ? { ...item, type: 'reasoning', summary: [] } : item,
    );
    const text = JSON.stringify([...items, { role: 'user', content: '/say x' }]);
    const input = JSON.parse(
      random.once(3) ? text.replace(/"encrypted_content":"../, '"encrypted_content":"AA') : text,
    );
    await this.#fuzz.post('/v1/responses', { input });
  }

  async #read(): Promise<void> {
    const { random } = this.#fuzz;
    const made = this.#made.length === 0 ? undefined : random.pick(this.#made);
    if (made === undefined) return this.#respond();
    const path = pathOf(made);
    const itemId = this.#itemIds.length === 0 ? 'msg_1' : random.pick(this.#itemIds);
    const page = `?limit=${1 + random(3)}&order=${random.pick(['asc', 'desc'])}${random.once(2) ? `&after=${itemId}` : ''}`;
    const under = { response: '/input_items', conversation: '/items', completion: '/messages' }[made.kind];
    switch (random(4)) {
      case 0:
        await this.#fuzz.send({ method: 'GET', path });
        return;
      case 1:
        await this.#fuzz.send({ method: 'GET', path: `${path}${under}${page}` });
        return;
      case 2:
        if (made.kind === 'response') return this.#replay(made);
        await this.#fuzz.send({ method: 'GET', path: `${path}${under}` });
        return;
      default:
        if (made.kind === 'response') await this.#fuzz.send({ method: 'POST', path: `${path}/cancel` });
    }
  }

  async #replay(made: Made): Promise<void> {
    const after = this.#fuzz.random.once(2) ? `&starting_after=${this.#fuzz.random(12)}` : '';
    await this.#fuzz.send({ method: 'GET', path: `${pathOf(made)}?stream=true${after}` });
  }
}

/** The object of an answer: a body's own, or the response of a stream's first event. */
function readObject(text: string): Record<string, unknown> {
  const value = tryParseJson(text.startsWith('event:') ? (/^data: (.*)$/m.exec(text)?.[1] ?? '') : text);
  if (!isObject(value)) return {};
  return isObject(value['response']) ? value['response'] : value;
}
