import type { Area } from '../audit.ts';
import { expectEnvelope, expectOk, expectRefusal } from '../expect-status.ts';
import { Skipped } from '../outcomes.ts';
import { expectEqual, listAt, textAt } from '../read-json.ts';
import type { Session } from '../session.ts';

const list = (session: Session) =>
  session.sample('models', async (own) => expectOk(own, await own.send('GET', '/models')));

export const models: Area = {
  name: 'models',
  title: 'Models',
  audits: [
    {
      id: 'models.list',
      title: 'lists its models',
      level: 'MUST',
      clause: 'OpenAI API reference: list models',
      async run(session) {
        session.check.body('listModels', (await list(session)).body);
      },
    },
    {
      id: 'models.retrieve',
      title: 'retrieves each listed model by its id',
      level: 'MUST',
      clause: 'OpenAI API reference: retrieve model',
      async run(session) {
        const listed = listAt((await list(session)).body, 'data');
        if (listed.length === 0) throw new Skipped('the list is empty');
        const id = textAt(listed[0], 'id');
        const reply = await expectOk(session, await session.send('GET', `/models/${encodeURIComponent(id)}`));
        session.check.body('getModel', reply.body);
        expectEqual(reply.body, 'id', id);
      },
    },
    {
      id: 'models.unknown',
      title: 'answers 404 for an unknown model',
      level: 'MUST',
      clause: 'OpenAI API reference: retrieve model; error codes',
      async run(session) {
        const reply = await session.send('GET', '/models/no-such-model-of-talaria-verify');
        expectEnvelope(session, await expectRefusal(session, reply, [404]));
      },
    },
  ],
};
