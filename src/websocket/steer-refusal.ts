import type { SteerRefusal } from '../responses/steer/refuse-steering.ts';

export const notFound: SteerRefusal = {
  code: 'response_not_found',
  message: "No response with this 'previous_response_id' runs on this connection.",
};

export const alreadyCompleted: SteerRefusal = {
  code: 'response_already_completed',
  message: 'The response has completed. Send the input with the next turn.',
};

export const notActive: SteerRefusal = {
  code: 'response_not_active',
  message: 'The response takes no more input. Send it with the next turn.',
};

export const noSuccessor: SteerRefusal = {
  code: 'successor_creation_failed',
  message: 'The response failed or was stopped, so that no other can continue it. Send the input with the next turn.',
};

export const tooMany = (limit: number): SteerRefusal => ({
  code: 'too_many_pending_steers',
  message: `The response has ${limit} pending inputs. Send more once it has ended.`,
});
