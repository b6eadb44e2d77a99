import { ApiError } from '../../errors/api-error.ts';
import type { Directive } from './parse-directives.ts';
import type { Plan, Step } from './step.ts';

/** Turns a script into a plan. Throws the error that `/status` asks for: the agent refuses before it produces anything. */
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
        plan.breakAfter = directive.tokens;
        break;
      default:
        plan.steps.push(toStep(directive));
    }
  }
  return plan;
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

/** An upstream's 4xx keeps its status; its 5xx are a 502 or 504 of this server. */
function toUpstreamError(status: number, retryAfter: number | undefined): ApiError {
  const message = `The offline agent answers with status ${status}, as asked.`;
  const options = retryAfter === undefined ? {} : { retryAfter };
  if (status === 504) return new ApiError('upstream_timeout', message, options);
  if (status >= 500) return new ApiError('upstream_error', message, options);
  return new ApiError(status === 429 ? 'rate_limit_exceeded' : 'invalid_value', message, { ...options, status });
}
