import type { ContractIndex, IndexedOperation } from './contract-index.ts';
import { checkDeclared } from './declared-fields.ts';
import { chatFields, conversationFields, type FieldProbe, queryValues, responseFields } from './field-values.ts';
import { type Fixtures, message } from './fixtures.ts';
import type { Probe, Prober, Verdict } from './probe.ts';

export interface ProbedOperation {
  operation: IndexedOperation;
  verdict: Verdict;
  fields: Map<string, Verdict>;
  query: Map<string, Verdict>;
}

export interface ProbeContext {
  prober: Prober;
  fixtures: Fixtures;
}

/** Probes every operation, then each of its fields and parameters. */
export async function probeOperations(index: ContractIndex, context: ProbeContext): Promise<ProbedOperation[]> {
  const probed: ProbedOperation[] = [];
  for (const operation of index.operations) {
    const verdict = await probeOperation(operation, context);
    const isSupported = verdict.kind === 'supported';
    probed.push({
      operation,
      verdict,
      fields: isSupported ? await probeFields(operation, context) : new Map(),
      query: isSupported ? await probeQuery(operation, context) : new Map(),
    });
  }
  return probed;
}

/** The codes of an operation that does not exist. */
const missingCodes = ['not_found', 'method_not_allowed'];

async function probeOperation(operation: IndexedOperation, { prober, fixtures }: ProbeContext): Promise<Verdict> {
  const { method } = operation;
  // A well-formed unknown id: a delete must not remove the fixtures, and a cancel needs a run.
  const path = method === 'delete' || operation.path.endsWith('/cancel') ? toUnknown(operation.path) : undefined;
  const probe = path ? { method: method.toUpperCase(), path } : toPlain(operation, fixtures);
  const refusal = await prober.refusal(probe);
  if (!refusal) return { kind: 'supported' };
  if (path && refusal.status === 404 && !missingCodes.includes(refusal.code)) return { kind: 'supported' };
  return refusal;
}

const zeros = '0'.repeat(32);

function toUnknown(path: string): string {
  return path
    .replace('{response_id}', `resp_${zeros}`)
    .replace('{conversation_id}', `conv_${zeros}`)
    .replace('{item_id}', `msg_${zeros}`)
    .replace('{completion_id}', `chatcmpl-${zeros}`)
    .replace('{model}', 'any-model');
}

function toPlain({ method, path }: IndexedOperation, fixtures: Fixtures): Probe {
  const real = path
    .replace('{response_id}', fixtures.responseId)
    .replace('{conversation_id}', fixtures.conversationId)
    .replace('{item_id}', fixtures.itemId)
    .replace('{completion_id}', fixtures.chatCompletionId)
    .replace('{model}', 'any-model');
  const body = method === 'post' ? { body: plainBody(path) } : {};
  return { method: method.toUpperCase(), path: real, ...body };
}

function plainBody(path: string): object {
  if (path === '/chat/completions') return { model: 'any-model', messages: [{ role: 'user', content: 'Hello' }] };
  if (path.startsWith('/chat') || path === '/conversations/{conversation_id}') return { metadata: { topic: 'plain' } };
  if (path === '/conversations') return {};
  if (path.startsWith('/conversations')) return { items: [message('Hello')] };
  return { model: 'any-model', input: 'Hello' };
}

async function probeFields(operation: IndexedOperation, context: ProbeContext): Promise<Map<string, Verdict>> {
  const { prober, fixtures } = context;
  const values = fieldValues(operation.path, fixtures);
  const verdicts = new Map<string, Verdict>();
  for (const name of Object.keys(operation.body)) {
    const field = values[name];
    if (!field) throw new Error(`No value to probe ${name} of ${operation.path} with. Add one.`);
    const plain = toPlain(operation, fixtures);
    const common = { ...plain.body, ...field.with };
    const probed = { ...plain, body: { ...common, [name]: field.value } };
    const verdict = await prober.compare(probed, { ...plain, body: common }, name);
    checkDeclared(operation.path, name, verdict);
    verdicts.set(name, verdict);
  }
  return verdicts;
}

function fieldValues(path: string, fixtures: Fixtures): Record<string, FieldProbe> {
  if (path.startsWith('/chat')) return chatFields();
  if (path.startsWith('/conversations')) return conversationFields();
  return responseFields(fixtures);
}

async function probeQuery(operation: IndexedOperation, context: ProbeContext): Promise<Map<string, Verdict>> {
  const { prober, fixtures } = context;
  const values = queryValues(fixtures, operation.path);
  const verdicts = new Map<string, Verdict>();
  for (const name of Object.keys(operation.query)) {
    const probe = values[name];
    if (!probe) throw new Error(`No value to probe ${name} of ${operation.path} with. Add one.`);
    const plain = toPlain(operation, fixtures);
    const common = probe.with ?? '';
    const query = probe.value.includes('=') ? probe.value : `${name}=${probe.value}`;
    const probed = { ...plain, path: `${plain.path}?${common}&${query}` };
    verdicts.set(name, await prober.compare(probed, { ...plain, path: `${plain.path}?${common}` }, name));
  }
  return verdicts;
}
