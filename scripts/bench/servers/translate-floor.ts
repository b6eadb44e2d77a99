/** The second floor: translates a Responses request to a chat request and the answer back, and stores nothing. */
import { listen } from './listen.ts';
import { createTranslator } from './translate.ts';

listen(
  createTranslator({
    isFolded: false,
    open: () => ({ id: 'resp_1', history: '' }),
    keep: () => undefined,
  }),
);
