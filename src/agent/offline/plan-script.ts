import { ApiError } from '../../errors/api-error.ts';
import type { ErrorCode } from '../../errors/error-table.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';
import type { Directive } from './parse-directives.ts';
import type { Plan, Step } from './step.ts';

/** Turns a script into a plan. Throws the error of a `/status` directive, before the agent produces output. */
export function planScript(script: Directive[]): Plan {
  const plan: Plan = { steps: [] };
  for (const directive of script) {
    switch (directive.kind) {
      case 'status':
        throw toUpstreamError(directive.status, directive.retryAfter);
      case 'limit':
        plan.tokenLimit = directive.tokens;
        break;
      case 'break':
        plan.cue = { after: directive.tokens, play: breakOff };
        break;
      default:
        plan.steps.push(toStep(directive));
    }
  }
  return plan;
}

function breakOff(): never {
  throw new ApiError('upstream_error', 'The offline agent broke off, as asked.');
}

function toStep(directive: Exclude<Directive, { kind: 'status' | 'limit' | 'break' }>): Step {
  switch (directive.kind) {
    case 'say':
      return { type: 'text', text: directive.text };
    case 'reason':
      return { type: 'reasoning', text: directive.text };
    case 'refuse':
      return { type: 'refusal', text: directive.text };
    case 'tokens':
      return { type: 'text', text: repeatTokens(directive.count), delayMs: directive.delayMs };
    case 'call':
      return { type: 'tool-call', name: directive.name, arguments: directive.arguments };
    case 'run': {
      const { name, result } = directive;
      return { type: 'tool-call', name, arguments: directive.arguments, result };
    }
    case 'wait':
      return { type: 'wait', milliseconds: directive.milliseconds };
    case 'filter':
      return { type: 'filter' };
    default:
      return directive satisfies never;
  }
}

/** Each word, with the space before it, is one token of o200k_base. */
const words = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

function repeatTokens(count: number): string {
  return Array.from({ length: count }, (_, index) => words[index % words.length]).join(' ');
}

const codes: Record<number, ErrorCode> = {
  404: 'not_found',
  408: 'upstream_timeout',
  413: 'request_too_large',
  429: 'rate_limit_exceeded',
  504: 'upstream_timeout',
};

/** Maps a status as for a real upstream: a 4xx keeps its status, a 5xx becomes a 502 or 504 of this server. */
function toUpstreamError(status: number, retryAfter: number | undefined): ApiError {
  const code = codes[status] ?? (status >= 500 ? 'upstream_error' : 'invalid_value');
  const options = omitUndefined({ status: status < 500 ? status : undefined, retryAfter });
  return new ApiError(code, `The offline agent answers with status ${status}, as asked.`, options);
}
