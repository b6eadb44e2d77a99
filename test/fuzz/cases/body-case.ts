import { gzipSync } from 'node:zlib';
import { loadContract } from '../../../src/contract/load-contract.ts';
import { isObject } from '../../../src/json/is-object.ts';
import type { FuzzCase } from '../fuzz-case.ts';
import { encodeBody, mutate, writeJson } from '../make-body.ts';
import { sampleBody } from '../sample-body.ts';
import { pickId, pickQuery, pickText } from '../values.ts';

const operations = loadContract().operations.filter(({ hasBody }) => hasBody);
/** Those that run the agent come more often. */
const weighted = [
  ...operations,
  ...operations
    .filter(({ operationId }) => /^create(Response|ChatCompletion)$/.test(operationId))
    .flatMap((one) => [one, one, one, one]),
];

/** A generated body for one operation: mostly valid, then mutated, written and encoded oddly. */
export async function runBodyCase(fuzz: FuzzCase): Promise<void> {
  const { random } = fuzz;
  const { operationId, path } = random.pick(weighted);
  const sampled = sampleBody(operationId, random);
  if (isObject(sampled)) {
    if (random.once(2) && 'input' in sampled) sampled['input'] = pickText(random);
    if (random.once(3)) sampled['stream'] = true;
  }
  const { bytes, headers } = encodeBody(writeJson(mutate(sampled, random), random), random);
  await fuzz.send({
    method: 'POST',
    path: path.replaceAll(/\{\w+\}/g, () => pickId(random)) + (random.once(20) ? pickQuery(random) : ''),
    headers,
    body: bytes,
  });
}

/** A body that is small on the wire and large in memory, or large in both. */
export async function runLargeBodyCase(fuzz: FuzzCase): Promise<void> {
  const { random } = fuzz;
  const count = random.pick([1_000, 50_000, 300_000, 1_500_000]);
  const element = random.pick(['""', '0', '{}', '[]', '{"role":"user","content":"a"}', 'null', '{"":""}']);
  const name = random.pick(['input', 'messages', 'tools', 'metadata', 'unknown', 'items']);
  const list = random.once(3)
    ? `"${'a'.repeat(Math.min(count, 1_000_000))}"`
    : `[${`${element},`.repeat(count)}${element}]`;
  const path = random.pick(operations).path.replaceAll(/\{\w+\}/g, () => pickId(random));
  const headers = { 'content-type': 'application/json', 'content-encoding': 'gzip' };
  await fuzz.send({ method: 'POST', path, headers, body: gzipSync(`{"${name}":${list}}`) });
}
