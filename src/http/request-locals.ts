import type { ContractOperation } from '../contract/load-contract.ts';
import type { ApiError } from '../errors/api-error.ts';
import type { Exchange } from '../exchange.ts';
import type { TraceContext } from '../trace-context.ts';
import type { BodySlot } from './body/body-slots.ts';

declare global {
  // Express reads this merged interface as the type of `response.locals`.
  namespace Express {
    interface Locals {
      requestId: string;
      /** The trace that the request belongs to. */
      trace?: TraceContext | undefined;
      /** The operation of the contract. Undefined for every other path. */
      operation?: Pick<ContractOperation, 'operationId' | 'path'>;
      /** The API key's owner, set once authenticated. */
      tenant?: string;
      /** Whether the API key is an operator's. */
      isOperator?: boolean;
      /** The name of the key of an operator of the server, set once admitted to an operation of operators. */
      operator?: string;
      /** The slot of a large body. */
      bodySlot?: BodySlot;
      /** The request and its reply, for simulated agents. Undefined: the server has none. */
      exchange?: Exchange;
      /** The error of a failed request, for its log line. */
      error?: ApiError;
    }
  }
}
