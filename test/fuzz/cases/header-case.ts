import type { FuzzCase } from '../fuzz-case.ts';
import { pickText } from '../values.ts';

const keys = ['k', '', ' ', 'a b', 'k'.repeat(255), 'k'.repeat(256), '\u00e9', '"', '!~', 'null', '__proto__', '0'];
const authorizations = [
  '',
  'Bearer',
  'Bearer ',
  'bearer x',
  'Basic x',
  `Bearer ${'x'.repeat(5_000)}`,
  'Bearer \u00ff',
  'x',
  'Bearer null',
];

/** Sound requests with odd headers: idempotency keys, authorizations, expectations, content types, origins. */
export async function runHeaderCase(fuzz: FuzzCase): Promise<void> {
  const { random } = fuzz;
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  if (random.once(2)) headers['idempotency-key'] = random.once(2) ? `${fuzz.name}${random(3)}` : random.pick(keys);
  if (random.once(5)) headers['authorization'] = random.pick(authorizations);
  if (random.once(8)) headers['expect'] = random.pick(['100-continue', 'nonsense', '']);
  if (random.once(5))
    headers['origin'] = random.pick(['null', 'http://localhost:3000', 'http://evil.example', 'x', 'file://']);
  if (random.once(8))
    headers['host'] = random.pick(['localhost', '127.0.0.1', '[::1]:1', 'evil.example', 'a'.repeat(300), 'x:y']);
  if (random.once(8)) headers['accept'] = random.pick(['text/event-stream', '*/*;q=0', 'x', '']);
  if (random.once(8)) headers['last-event-id'] = random.pick(['-1', '5', 'x']);
  if (random.once(8))
    headers[`x-${'h'.repeat(random.pick([1, 500]))}`] = 'v'.repeat(random.pick([0, 1, 9_000, 17_000]));
  const body = random.once(2)
    ? { input: pickText(random), stream: random.once(2), background: random.once(6) }
    : { messages: [{ role: 'user', content: pickText(random) }], stream: random.once(2), store: random.once(2) };
  const path = 'input' in body ? '/v1/responses' : '/v1/chat/completions';
  const count = headers['idempotency-key'] !== undefined && random.once(2) ? 2 : 1;
  await Promise.all(Array.from({ length: count }, () => fuzz.post(path, body, 'a', headers)));
}
