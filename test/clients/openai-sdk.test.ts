import { describe } from 'node:test';
import { agents, stores, useServer } from './agents-under-test.ts';
import { chainSuite } from './sdk-chains.ts';
import { chatSuite } from './sdk-chat.ts';
import { modelsSuite } from './sdk-models.ts';
import { responsesSuite } from './sdk-responses.ts';

const models = { 'offline agent': ['offline'], 'upstream process': ['test-model', 'other-model'] };

for (const agent of agents) {
  for (const store of stores) {
    describe(`the openai package against the ${agent} and the ${store} store`, () => {
      const setup = useServer(agent, store);
      responsesSuite(setup);
      chainSuite(setup);
      // These don't depend on the store.
      if (store === 'memory') {
        chatSuite(setup);
        modelsSuite(setup, models[agent]);
      }
    });
  }
}
