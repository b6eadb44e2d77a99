import type { Services } from '../services.ts';

/** The services that handlers use. `agent` stands for all agents: an operation gets those of its tenant. */
export type HandlerDeps = Services;
