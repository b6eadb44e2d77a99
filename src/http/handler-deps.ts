import type { RequestJournal } from '../request-journal/request-journal.ts';
import type { Services } from '../services.ts';

/** The services that handlers use. `agent` stands for all agents: an operation gets those of its tenant. */
export interface HandlerDeps extends Services {
  /** The latest requests of clients. Omitted: the server keeps none. */
  journal?: RequestJournal | undefined;
}
