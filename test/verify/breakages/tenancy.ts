import { ask, type Breakage, type Breakages } from '../breakage.ts';
import { key, otherKey } from '../two-tenants.ts';

/** Replaces the second key with the first, so that both see the same objects. */
export const shared = (does: string, match: RegExp): Breakage =>
  ask(does, match, ({ headers }) => {
    if (headers['authorization'] === `Bearer ${otherKey}`) headers['authorization'] = `Bearer ${key}`;
    return undefined;
  });

export const tenancyBreakages: Breakages = {
  'tenancy.retrieve': shared('shows responses to every tenant', /^GET \/responses/),
  'tenancy.continue': shared('lets every tenant continue a response', /^POST \/responses/),
  'tenancy.delete': shared('lets every tenant delete a response', /^DELETE \/responses/),
  'tenancy.reference': shared('resolves references across tenants', /^POST \/responses/),
  'tenancy.conversation': shared('shows conversations to every tenant', /conversations/),
  'tenancy.chat': shared('lists the chat completions of all tenants', /^GET \/chat\/completions\?/),
  'tenancy.run': shared('lets every tenant cancel a run', /\/cancel$/),
  'tenancy.idempotency': shared('shares Idempotency-Keys between tenants', /^POST \/responses$/),
};
