import type OpenAI from 'openai';

export interface Order {
  id: string;
  status: string;
}

export type FindOrder = (id: string) => Promise<Order | undefined>;

export const findOrderTool = {
  type: 'function',
  name: 'find_order',
  description: 'Returns an order by its number.',
  strict: true,
  parameters: {
    type: 'object',
    properties: { id: { type: 'string' } },
    required: ['id'],
    additionalProperties: false,
  },
} as const;

/** Runs a call of the model. Returns failures to the model, which may correct itself. */
export async function runTool(
  call: OpenAI.Responses.ResponseFunctionToolCall,
  findOrder: FindOrder,
): Promise<OpenAI.Responses.ResponseInputItem.FunctionCallOutput> {
  return { type: 'function_call_output', call_id: call.call_id, output: await toOutput(call, findOrder) };
}

async function toOutput({ name, arguments: text }: OpenAI.Responses.ResponseFunctionToolCall, findOrder: FindOrder) {
  if (name !== findOrderTool.name) return `Unknown tool: ${name}`;
  const { id } = JSON.parse(text) as { id: string };
  const order = await findOrder(id);
  return order ? JSON.stringify(order) : `There is no order ${id}.`;
}
