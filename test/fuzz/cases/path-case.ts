import { loadContract } from '../../../src/contract/load-contract.ts';
import type { FuzzCase } from '../fuzz-case.ts';
import { pickId, pickQuery } from '../values.ts';

const operations = loadContract().operations.filter(({ hasBody }) => !hasBody);
/** Paths beside the contract's. */
const others = [
  '/',
  '/docs',
  '/docs/',
  '/openapi.json',
  '/openapi.yaml',
  '/v1',
  '/v1/',
  '/v1/responses',
  '//v1//models',
  '/health/',
  '/V1/models',
  '/docs/..%2f',
  '/docs/%2e%2e/package.json',
  '/favicon.ico',
  '/docs/swagger-ui.css',
];

/** An operation without a body: every kind of id, cursor and query; or a path that the contract does not name. */
export async function runPathCase(fuzz: FuzzCase): Promise<void> {
  const { random } = fuzz;
  const { method, path } = random.pick(operations);
  const isOther = random.once(12);
  const template = isOther ? random.pick(others) : path;
  const asked = {
    method: random.once(15)
      ? random.pick(['PUT', 'PATCH', 'HEAD', 'OPTIONS', 'DELETE', 'TRACE', 'GET'])
      : method.toUpperCase(),
    path: template.replaceAll(/\{\w+\}/g, () => pickId(random)) + pickQuery(random),
  };
  await fuzz.send(asked, random.once(30) ? undefined : random.pick(['a', 'b']));
}
