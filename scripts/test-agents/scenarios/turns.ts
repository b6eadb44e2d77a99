import assert from 'node:assert/strict';
import { answerTokens, assertAnswered, lastRequest, type Scenario } from './context.ts';

export const plain: Scenario = async (context) => {
  const { acme } = context;
  const response = await acme.responses.create({ input: 'say hello from plain', max_output_tokens: answerTokens });
  assertAnswered(context, response, 'hello from plain');
  assert.ok((response.usage?.output_tokens ?? 0) > 0, 'no usage');
  const completion = await acme.chat.completions.create({
    model: '',
    messages: [{ role: 'user', content: 'say hello from chat' }],
    max_tokens: answerTokens,
  });
  const content = completion.choices[0]?.message.content ?? '';
  assert.ok(context.program.model === 'random' ? content !== '' : content.includes('hello from chat'), content);
};

export const streamed: Scenario = async (context) => {
  const { acme } = context;
  const input = 'say one two three four five six';
  let pieces = 0;
  const stream = acme.responses.stream({ input, max_output_tokens: answerTokens });
  let text = '';
  stream.on('response.output_text.delta', ({ delta }) => {
    pieces++;
    text += delta;
  });
  const response = await stream.finalResponse();
  assertAnswered(context, response, 'one two three');
  assert.equal(text, response.output_text);
  assert.ok(pieces > 1, `${pieces} pieces`);
  let chatPieces = 0;
  let finish: string | null | undefined;
  const chunks = await acme.chat.completions.create({
    model: '',
    messages: [{ role: 'user', content: input }],
    max_tokens: answerTokens,
    stream: true,
  });
  for await (const { choices } of chunks) {
    if (choices[0]?.delta.content) chatPieces++;
    finish = choices[0]?.finish_reason ?? finish;
  }
  assert.ok(chatPieces > 1, `${chatPieces} chunks`);
  assert.ok(finish === 'stop' || finish === 'length', `finish_reason ${finish}`);
};

/** The second turn knows the first; a fork from the first does not know the second. */
export const chain: Scenario = async (context) => {
  const { acme, program } = context;
  const ask = async (input: string, previous?: string) => {
    const response = await acme.responses.create({
      input,
      max_output_tokens: answerTokens,
      ...(previous === undefined ? {} : { previous_response_id: previous }),
    });
    assertAnswered(context, response, '');
    return response;
  };
  const isOwn = program.tools === 'own';
  const first = await ask(isOwn ? 'call terminal {"command":"echo found-amber"}\nsay ok' : 'say found-amber');
  const second = await ask('say blue', first.id);
  if (program.model === 'random') {
    const [before = 0, after = 0] = [first, second].map(({ usage }) => usage?.input_tokens);
    assert.ok(after > before, `input tokens ${before}, then ${after}`);
    return;
  }
  assert.ok(lastRequest(context).includes('found-amber'), 'the model did not see the first turn');
  if (isOwn) assertToolResult(context.requests.at(-1)?.messages ?? []);
  await ask('say green', first.id);
  const forked = lastRequest(context);
  assert.ok(forked.includes('found-amber'), 'the model of a fork did not see the first turn');
  assert.ok(!forked.includes('say blue'), 'the model of a fork saw the other branch');
};

/** The command contains the word too: its result must be there beside it. */
function assertToolResult(messages: { content: unknown }[]): void {
  const commands = JSON.stringify(messages).split('echo found-amber').length - 1;
  const all = JSON.stringify(messages).split('found-amber').length - 1;
  assert.ok(all > commands, "the model did not see the tool's result");
}
