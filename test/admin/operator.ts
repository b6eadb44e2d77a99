import assert from 'node:assert/strict';
import type { Schemas } from '../../src/contract/types.ts';
import { checkedFetch } from '../helpers/contract-check.ts';

/** A client of the operations under `/admin/v1`. Every reply is checked against the contract. */
export interface Operator {
  get<Body>(path: string): Promise<Body>;
  post<Body>(path: string, body?: unknown): Promise<Body>;
  delete<Body>(path: string): Promise<Body>;
  /** Returns the error code of a refusal, with its status. */
  refusal(method: string, path: string, body?: unknown): Promise<string>;
}

export type Run = Schemas['Run'];
export type RunDetails = Schemas['RunDetails'];
export type RunList = Schemas['RunList'];
export type Approval = Schemas['Approval'];
export type ApprovalList = Schemas['ApprovalList'];
export type Response = Schemas['ResponseResource'];

export function createOperator(url: string, key?: string): Operator {
  const send = (method: string, path: string, body?: unknown) =>
    checkedFetch(`${url}/admin/v1${path}`, {
      method,
      headers: {
        ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  const read = async (method: string, path: string, body?: unknown) => {
    const reply = await send(method, path, body);
    const text = await reply.text();
    assert.equal(reply.status, 200, text);
    return JSON.parse(text);
  };
  return {
    get: (path) => read('GET', path),
    post: (path, body) => read('POST', path, body),
    delete: (path) => read('DELETE', path),
    async refusal(method, path, body) {
      const reply = await send(method, path, body);
      const { error } = (await reply.json()) as Schemas['ErrorResponse'];
      return `${reply.status} ${error.code}`;
    },
  };
}
