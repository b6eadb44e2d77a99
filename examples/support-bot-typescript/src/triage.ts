import type OpenAI from 'openai';
import { type FindOrder, findOrderTool, runTool } from './find-order-tool.ts';

/** The bot's verdict on a ticket. */
export interface Triage {
  category: 'refund' | 'delivery' | 'other';
  urgent: boolean;
  summary: string;
}

export interface Bot {
  openai: OpenAI;
  model: string;
  findOrder: FindOrder;
}

/** Prevents a model that only calls tools from running for ever. */
const maxRounds = 4;

const instructions = 'You triage support tickets. Look up the orders that a ticket names before you decide.';

const format = {
  type: 'json_schema',
  name: 'triage',
  strict: true,
  schema: {
    type: 'object',
    properties: {
      category: { type: 'string', enum: ['refund', 'delivery', 'other'] },
      urgent: { type: 'boolean' },
      summary: { type: 'string' },
    },
    required: ['category', 'urgent', 'summary'],
    additionalProperties: false,
  },
} as const;

/** Sorts a ticket. Calls the model again with the results of its tools until it decides. */
export async function triage(ticket: string, { openai, model, findOrder }: Bot): Promise<Triage> {
  let input: OpenAI.Responses.ResponseInput = [{ role: 'user', content: `Ticket:\n${ticket}` }];
  let previous: string | null = null;
  for (let round = 0; round < maxRounds; round++) {
    const response: OpenAI.Responses.Response = await openai.responses.create({
      ...{ model, instructions, input, previous_response_id: previous },
      tools: [findOrderTool],
      text: { format },
    });
    const calls = response.output.filter((item) => item.type === 'function_call');
    if (calls.length === 0) return parseTriage(response.output_text);
    input = await Promise.all(calls.map((call) => runTool(call, findOrder)));
    previous = response.id;
  }
  throw new Error(`No verdict after ${maxRounds} rounds of tool calls.`);
}

function parseTriage(text: string): Triage {
  try {
    return JSON.parse(text) as Triage;
  } catch (cause) {
    throw new Error(`The model did not answer with JSON: ${text}`, { cause });
  }
}
