import { ask, type Breakage, type Breakages } from '../breakage.ts';
import { key, otherKey } from '../two-tenants.ts';

/** The second key sees what the first one made: it is taken for the first. */
const shared = (does: string, match: RegExp): Breakage =>
  ask(does, match, ({ headers }) => {
    if (headers['authorization'] === `Bearer ${otherKey}`) headers['authorization'] = `Bearer ${key}`;
    return undefined;
  });

export const tenancyBreakages: Breakages = {
  'tenancy.retrieve': shared('shows responses to everyone', /^GET \/responses/),
  'tenancy.continue': shared('lets everyone continue a response', /^POST \/responses/),
  'tenancy.delete': shared('lets everyone delete a response', /^DELETE \/responses/),
  'tenancy.reference': shared('resolves references for everyone', /^POST \/responses/),
  'tenancy.conversation': shared('shows conversations to everyone', /conversations/),
  'tenancy.chat': shared('lists the chat completions of all', /^GET \/chat\/completions\?/),
  'tenancy.run': shared('lets everyone cancel a run', /\/cancel$/),
  'tenancy.idempotency': shared('keeps the Idempotency-Keys of all together', /^POST \/responses$/),
};
