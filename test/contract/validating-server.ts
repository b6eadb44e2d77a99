import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import express, { type Request, type Response } from 'express';
import { limits } from '../../src/config/limits.ts';
import { explainViolation } from '../../src/contract/explain-violation.ts';
import { loadContract } from '../../src/contract/load-contract.ts';
import { validateRequests } from '../../src/contract/validate-requests.ts';
import type { Violation } from '../../src/contract/violation.ts';
import { createBodySlots } from '../../src/http/body/create-body-slots.ts';
import { readBody } from '../../src/http/body/read-body.ts';
import { handleError } from '../../src/http/handle-error.ts';

export const requestPaths = { chat: '/v1/chat/completions', responses: '/v1/responses' } as const;
export type RequestKind = keyof typeof requestPaths;

const contract = loadContract();
const schemaNames = { chat: 'CreateChatCompletionRequest', responses: 'CreateResponseRequest' } as const;

/** Explains the violation in a body. */
export function explain(kind: RequestKind, body: unknown): Violation | undefined {
  const resolve = (ref: string) =>
    contract.document.components.schemas[ref.split('/').at(-1) ?? ''] ?? assert.fail(ref);
  return explainViolation({ $ref: `#/components/schemas/${schemaNames[kind]}` }, body, resolve);
}

export interface ValidatingServer extends AsyncDisposable {
  /** Posts JSON text. The reply to a valid body holds it under `accepted`, as the handler received it. */
  post(kind: RequestKind, text: string): Promise<{ status: number; json: unknown }>;
}

/** Starts a server that reads and validates bodies as Talaria does, and accepts each valid one. */
export async function startValidatingServer(): Promise<ValidatingServer> {
  const app = express();
  const bodies = { bytes: 1024 * 1024, values: limits.bodyValues, levels: limits.bodyLevels };
  const bodySlots = createBodySlots({ ...bodies, largeAtOnce: 1 });
  const validate = validateRequests(contract);
  for (const path of Object.values(requestPaths)) {
    const operation =
      contract.operations.find((each) => each.path === path && each.method === 'post') ?? assert.fail(path);
    app.post(
      path,
      readBody({ bodies, slots: bodySlots }),
      ...validate(operation),
      (request: Request, response: Response) => {
        response.json({ accepted: request.body });
      },
    );
  }
  app.use(handleError);
  const server = createServer(app);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  return {
    async post(kind, text) {
      const url = `http://127.0.0.1:${address.port}${requestPaths[kind]}`;
      const reply = await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: text });
      return { status: reply.status, json: await reply.json() };
    },
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
