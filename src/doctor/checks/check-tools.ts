import { doctorLimits } from '../doctor-limits.ts';
import { type Finding, note, pass } from '../finding.ts';
import type { Interview } from '../interview.ts';
import { isAccepted, toReason } from '../reply.ts';

const tool = {
  name: 'get_weather',
  description: 'Returns the current weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};

/** Checks whether the agent calls a tool of the client. */
export async function checkTools(interview: Interview): Promise<Finding> {
  const { subject } = interview;
  const prompt = 'What is the weather in Paris? Call get_weather.';
  const reply = await interview.ask({ prompt, maxTokens: doctorLimits.structuredTokens, tool });
  if (!isAccepted(reply)) {
    const message = `refuses tools of clients (${reply.status}: ${subject.excerpt(toReason(reply))})`;
    return note('tools', message, 'use a model with tools, or enable them in the agent');
  }
  if (interview.read(reply).calls.includes(tool.name)) return pass('tools', 'calls tools of clients');
  return note('tools', 'did not call the offered tool; an agent with tools of its own may ignore those of clients');
}
