/** The key of the model behind the gateways. Those that pass on their clients' keys are checked with it. */
export const upstreamKey = 'sk-upstream-0123456789abcdef';
