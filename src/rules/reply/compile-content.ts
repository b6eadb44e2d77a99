import { parseDirectives } from '../../agent/offline/parse-directives.ts';
import { planScript } from '../../agent/offline/plan-script.ts';
import type { Plan, Step } from '../../agent/offline/step.ts';
import { createRuleError } from '../rule-error.ts';
import type { RuleReply } from '../rule-set.ts';
import { compileTemplate, compileValue, type Template, type TemplateScope } from './templates.ts';

/** The fields of content, in the order in which they are streamed. */
export const contentFields = ['reasoning', 'text', 'json', 'refusal', 'tool_calls'] as const;

/** Returns the plan of an answer. */
type PlanTemplate = (scope: TemplateScope, callRounds: number) => Plan;

/** Compiles the content of a reply. */
export function compileContent(reply: RuleReply, param: string): PlanTemplate {
  const { reasoning, text, json, refusal, tool_calls: calls = [] } = reply;
  const blocks: Template<Step>[] = [];
  const addText = (type: 'reasoning' | 'text' | 'refusal', content: string | undefined) => {
    if (content === undefined) return;
    const template = compileTemplate(content, `${param}.${type}`);
    blocks.push((scope) => ({ type, text: template(scope) }));
  };
  addText('reasoning', reasoning);
  addText('text', text);
  if (json !== undefined) {
    if (text !== undefined) throw createRuleError(`${param}.json`, "it cannot be combined with 'text'");
    const value = compileValue(json, `${param}.json`);
    blocks.push((scope) => ({ type: 'text', text: JSON.stringify(value(scope)) }));
  }
  addText('refusal', refusal);
  blocks.push(...calls.map((call, index) => compileCall(call, `${param}.tool_calls[${index}]`)));
  return (scope) => ({ steps: blocks.map((block) => block(scope)) });
}

type Call = NonNullable<RuleReply['tool_calls']>[number];

function compileCall({ name, arguments: sent = {}, result }: Call, param: string): Template<Step> {
  const value = compileValue(sent, `${param}.arguments`);
  const output = result === undefined ? undefined : compileTemplate(result, `${param}.result`);
  const toText = (scope: TemplateScope) =>
    typeof sent === 'string' ? `${value(scope)}` : JSON.stringify(value(scope));
  return (scope) => ({
    ...{ type: 'tool-call', name, arguments: toText(scope) },
    ...(output ? { result: output(scope) } : {}),
  });
}

/** Compiles a script. Its steps after `/then` answer the rounds of tool calls, the last one all further rounds. */
export function compileScript({ script = '' }: RuleReply, param: string): PlanTemplate {
  const place = `${param}.script`;
  const template = compileTemplate(script, place);
  if (!parseDirectives(script, place)) throw createRuleError(place, 'expected a directive such as "/say Hello"');
  return (scope, callRounds) => {
    const steps = parseDirectives(template(scope), place) ?? [];
    return planScript(steps[Math.min(callRounds, steps.length - 1)] ?? []);
  };
}
