import type { ProbeReply } from '../../agent/upstream/upstream-probe.ts';
import { isObject } from '../../json/is-object.ts';
import { tryParseJson } from '../../json/try-parse-json.ts';
import { doctorLimits } from '../doctor-limits.ts';
import { type Finding, note, pass } from '../finding.ts';
import type { Interview } from '../interview.ts';
import { isAccepted, toReason } from '../reply.ts';

const field = 'greeting';
const schema = {
  type: 'object',
  properties: { [field]: { type: 'string', enum: ['hello', 'good morning'] } },
  required: [field],
  additionalProperties: false,
};

/** Checks whether the agent follows a JSON Schema, else whether it answers with JSON at all. */
export async function checkFormat(interview: Interview): Promise<Finding> {
  const { subject } = interview;
  const { api, settings } = subject.config;
  if (api === 'hermes') return pass('format', 'requested by prompt');
  const { structuredOutputs } = settings;
  if (structuredOutputs !== undefined && structuredOutputs !== 'native') {
    return pass('format', `requested by ${structuredOutputs}, as configured`);
  }
  const maxTokens = doctorLimits.structuredTokens;
  const reply = await interview.ask({ prompt: 'Say hello.', maxTokens, format: { type: 'json_schema', schema } });
  if (follows(reply, interview, (value) => field in value)) return pass('format', 'follows JSON Schemas');
  const problem = isAccepted(reply)
    ? 'ignores JSON Schemas'
    : `refuses JSON Schemas (${reply.status}: ${subject.excerpt(toReason(reply))})`;
  const other = await interview.ask({ prompt: 'Say hello as JSON.', maxTokens, format: { type: 'json_object' } });
  const better = follows(other, interview, () => true) ? 'json_object' : 'prompt';
  return note('format', problem, `set ${subject.setting('structured_outputs', better)}`);
}

function follows(reply: ProbeReply, interview: Interview, fits: (value: object) => boolean): boolean {
  if (!isAccepted(reply)) return false;
  const { text, isCut } = interview.read(reply);
  const value = tryParseJson(text);
  // A model that only guesses may fill its tokens with the beginning of an object.
  return isObject(value) ? fits(value) : isCut && /^\s*\{\s*("|$)/.test(text);
}
