import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { answerTokens, assertAnswered, type Scenario, type ScenarioContext, until } from './context.ts';

/** A cancelled run stops at the agent, its tool included, and the agent is free for the next. */
export const cancel: Scenario = async (context) => {
  const { acme, program, agent } = context;
  const folder = agent.workFolder;
  const started = join(folder ?? '', 'started');
  const finished = join(folder ?? '', 'finished');
  const input =
    folder === undefined
      ? 'slow 5000\nsay late'
      : `call terminal {"command":"touch ${started}; sleep 3; touch ${finished}"}`;
  const { id } = await acme.responses.create({ input, background: true, max_output_tokens: 3000 });
  // A random model writes its first tokens at once, and its last within seconds.
  if (folder === undefined) await delay(200);
  else await until('the tool started', () => existsSync(started));
  const cancelled = await acme.responses.cancel(id);
  assert.equal(cancelled.status, 'cancelled');
  if (folder !== undefined) {
    await delay(4000);
    assert.ok(!existsSync(finished), "the agent's tool ran on to its end");
  }
  const next = await acme.responses.create({ input: 'say next', max_output_tokens: answerTokens });
  assertAnswered(context, next, 'next');
  assert.ok(program.model === 'random' || next.output_text === 'next', next.output_text);
};

export const background: Scenario = async (context) => {
  const { acme } = context;
  const { id, status } = await acme.responses.create({
    input: 'say from the background',
    background: true,
    max_output_tokens: answerTokens,
  });
  assert.ok(status === 'queued' || status === 'in_progress', status);
  const poll = () => acme.responses.retrieve(id);
  await until('the response ended', async () => !['queued', 'in_progress'].includes((await poll()).status ?? ''));
  assertAnswered(context, await poll(), 'from the background');
};

/** A reader that leaves a stream gets the rest of it later: no event is lost, none comes twice. */
export const resume: Scenario = async (context) => {
  const { acme } = context;
  const input = `say ${Array.from({ length: 20 }, (_, index) => `word${index}`).join(' ')}`;
  const body = { input, background: true, stream: true, max_output_tokens: answerTokens } as const;
  let id = '';
  let last = -1;
  let text = '';
  for await (const event of await acme.responses.create(body)) {
    if (event.type === 'response.created') id = event.response.id;
    if (event.type === 'response.output_text.delta') text += event.delta;
    last = event.sequence_number;
    if (text !== '') break;
  }
  let end = '';
  for await (const event of await acme.responses.retrieve(id, { stream: true, starting_after: last })) {
    assert.equal(event.sequence_number, last + 1);
    last = event.sequence_number;
    if (event.type === 'response.output_text.delta') text += event.delta;
    end = event.type;
  }
  assert.match(end, /^response\.(completed|incomplete)$/);
  const response = await acme.responses.retrieve(id);
  assert.equal(text, response.output_text);
  assertAnswered(context, response, 'word19');
};

/** Tenants do not see each other's responses, and their chains do not share the agent's session. */
export const twoTenants: Scenario = async (context) => {
  const { acme, lab, agent } = context;
  const ask = (client: typeof acme, input: string, previous?: string) =>
    client.responses.create({
      input,
      max_output_tokens: answerTokens,
      ...(previous === undefined ? {} : { previous_response_id: previous }),
    });
  const ours = await ask(acme, 'say the same words');
  const theirs = await ask(lab, 'say the same words');
  assertAnswered(context, ours, 'the same words');
  assertAnswered(context, theirs, 'the same words');
  await assert.rejects(lab.responses.retrieve(ours.id), { status: 404 });
  await assert.rejects(ask(lab, 'say more', ours.id), { status: 404 });
  const folder = agent.workFolder;
  if (folder !== undefined) await sessionsAreApart({ acme, lab, ask, ours: ours.id, theirs: theirs.id, folder });
};

interface Sessions extends Pick<ScenarioContext, 'acme' | 'lab'> {
  ask(client: ScenarioContext['acme'], input: string, previous: string): Promise<unknown>;
  ours: string;
  theirs: string;
  /** The folder in which the agent's tools begin. */
  folder: string;
}

/** One tenant changes the working directory of its tools. That of the other stays. */
async function sessionsAreApart({ acme, lab, ask, ours, theirs, folder }: Sessions): Promise<void> {
  const file = join(folder, 'seen-by-lab');
  await ask(acme, 'call terminal {"command":"cd /usr"}\nsay moved', ours);
  await ask(lab, `call terminal {"command":"pwd > ${file}"}\nsay looked`, theirs);
  const seen = (await readFile(file, 'utf8')).trim();
  assert.notEqual(seen, '/usr', 'the tenants share a working directory');
}
