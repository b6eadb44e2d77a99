import type { Schemas } from '../contract/types.ts';

/* The rules as their author writes them. The contract describes each field. */

export type RuleSet = Schemas['RuleSet'];
export type Rule = Schemas['Rule'];
export type RuleConditions = Schemas['RuleConditions'];
export type RuleText = Schemas['RuleText'];
export type RuleReply = Schemas['RuleReply'];
export type RuleDuration = Schemas['RuleDuration'];
