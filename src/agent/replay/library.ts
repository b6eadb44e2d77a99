import type { Recording } from '../../recording/read-recording.ts';
import type { RecordedExchange } from '../../recording/recording.ts';
import type { AgentModel } from '../agent-client.ts';
import { type Fields, toFields, toFieldsList, toStringOf } from '../fields.ts';
import { fromChatBody } from './from-chat-body.ts';
import { type Question, toQuestion } from './question.ts';
import { type Answer, readChatAnswer, readCompaction, readResponseAnswer, toFinalResponse } from './read-answer.ts';
import { findCompacted, findCompaction, ResponseHistory } from './response-history.ts';

/** A recorded question and its answer. */
export interface Entry {
  /** The number of the exchange. */
  exchange: number;
  question: Question;
  answer(): Answer;
}

/** The questions of a recording that have answers. */
export interface Library {
  entries: Entry[];
  /** In the order of their first use. */
  models: AgentModel[];
}

/** Reads the questions of a recording, in the order of their requests. */
export function createLibrary({ exchanges }: Recording): Library {
  const inOrder = exchanges.toSorted((a, b) => a.exchange - b.exchange);
  // An answer that its client did not wait for is incomplete.
  const answered = inOrder.filter(({ ended }) => ended !== 'client-left' && ended !== 'stopped');
  const ended = collectEnded(answered);
  const history = new ResponseHistory();
  return { entries: answered.flatMap((exchange) => toEntries(exchange, history, ended)), models: listModels(inOrder) };
}

function toEntries(exchange: RecordedExchange, history: ResponseHistory, ended: Map<string, Fields>): Entry[] {
  const { request, webSocket } = exchange;
  const path = toPath(request.path);
  const body = toFields(request.json);
  const number = exchange.exchange;
  if (request.method === 'POST' && path.endsWith('/chat/completions')) {
    const question = toQuestion(fromChatBody(body));
    const choices = typeof body['n'] === 'number' ? body['n'] : 1;
    return Array.from({ length: choices }, (_, choice) => ({
      exchange: number,
      question,
      answer: () => readChatAnswer(exchange, choice),
    }));
  }
  const conversation = request.method === 'POST' ? /\/conversations(?:\/([^/]+)\/items)?$/.exec(path) : null;
  if (conversation) {
    history.extend(conversation[1] ?? toStringOf(toFields(exchange.response?.json)['id']), body['items']);
    return [];
  }
  if (request.method === 'POST' && path.endsWith('/responses/compact')) {
    const question = toQuestion({ ...history.read(body), tools: [], compacts: true });
    return [{ exchange: number, question, answer: () => readCompaction(exchange, toFields(exchange.response?.json)) }];
  }
  const isTurn = webSocket ? body['type'] === 'response.create' : request.method === 'POST';
  if (!isTurn || !path.endsWith('/responses')) return [];
  const final = toFinalResponse(exchange) ?? ended.get(toStringOf(toFields(exchange.response?.json)['id']));
  const question = toQuestion(history.read(body, final));
  const compaction = final && toCompaction(exchange, history, final);
  if (final) history.remember(body, final);
  // Such a turn only stores its input: there is no run to replay.
  if (body['generate'] === false) return [];
  return [...(compaction ?? []), { exchange: number, question, answer: () => readResponseAnswer(exchange, final) }];
}

/** Returns the question for the summary that a response has in its output. */
function toCompaction(exchange: RecordedExchange, history: ResponseHistory, final: Fields): Entry[] {
  if (!findCompaction(final)) return [];
  const body = toFields(exchange.request.json);
  const past = findCompacted(body, final) ? { ...body, input: [] } : body;
  const question = toQuestion({ ...history.read(past), tools: [], compacts: true });
  // The recorded usage is that of the whole response.
  return [
    { exchange: exchange.exchange, question, answer: () => readCompaction(exchange, { ...final, usage: undefined }) },
  ];
}

/** Returns background responses by id, as a later request found them ended. */
function collectEnded(exchanges: readonly RecordedExchange[]): Map<string, Fields> {
  const found = new Map<string, Fields>();
  for (const exchange of exchanges) {
    if (exchange.request.method !== 'GET' || !/\/responses\/[^/]+$/.test(toPath(exchange.request.path))) continue;
    const response = toFinalResponse(exchange);
    if (response) found.set(toStringOf(response['id']), response);
  }
  return found;
}

function listModels(exchanges: readonly RecordedExchange[]): AgentModel[] {
  const models = new Map<string, AgentModel>();
  const add = ({ id, created, owned_by: owner }: Fields) => {
    if (typeof id !== 'string' || id === '' || models.has(id)) return;
    models.set(id, { id, created: typeof created === 'number' ? created : 0, ownedBy: toStringOf(owner) || 'replay' });
  };
  const lists = exchanges.filter(({ request }) => /\/models$/.test(toPath(request.path)));
  // The order is that of use, so that the default is the model used first. The details come from the recorded lists.
  const listed = lists.flatMap(({ response }) => toFieldsList(toFields(response?.json)['data']));
  for (const { request } of exchanges) {
    const id = toFields(request.json)['model'];
    add(listed.find((model) => model['id'] === id) ?? { id });
  }
  listed.forEach(add);
  if (models.size === 0) add({ id: 'replay' });
  return [...models.values()];
}

const toPath = (path: string): string => path.split('?', 1)[0] ?? '';
