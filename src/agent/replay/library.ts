import type { Recording } from '../../recording/read-recording.ts';
import type { RecordedExchange } from '../../recording/recording.ts';
import type { AgentModel } from '../agent-client.ts';
import { type Fields, toFields, toFieldsList, toStringOf } from './fields.ts';
import { fromChatBody } from './from-chat-body.ts';
import { type Question, toQuestion } from './question.ts';
import { type Answer, readChatAnswer, readResponseAnswer, toFinalResponse } from './read-answer.ts';
import { ResponseHistory } from './response-history.ts';

/** A recorded question, and its answer. */
export interface Entry {
  /** The exchange's number. */
  exchange: number;
  question: Question;
  answer(): Answer;
}

/** What of a recording can be answered from. */
export interface Library {
  entries: Entry[];
  /** In the order in which they were first seen. */
  models: AgentModel[];
}

/** Reads the questions of a recording in the order in which they were asked. */
export function createLibrary({ exchanges }: Recording): Library {
  const inOrder = exchanges.toSorted((a, b) => a.exchange - b.exchange);
  // What the client did not wait for is no answer.
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
  const isTurn = webSocket ? body['type'] === 'response.create' : request.method === 'POST';
  if (!isTurn || !path.endsWith('/responses')) return [];
  const question = toQuestion(history.read(body));
  const final = toFinalResponse(exchange) ?? ended.get(toStringOf(toFields(exchange.response?.json)['id']));
  if (final) history.remember(body, final);
  // The input is only taken in: there is no run to be replayed.
  if (body['generate'] === false) return [];
  return [{ exchange: number, question, answer: () => readResponseAnswer(exchange, final) }];
}

/** Responses that were asked for in the background, as they were found later. */
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
  // The details stand in a list; the order is that of use, so that the default is what was talked to.
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
