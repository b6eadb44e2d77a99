import type { ContractIndex } from './contract-index.ts';
import { functionTool, message } from './fixtures.ts';
import { itemSamples } from './item-samples.ts';
import type { Verdict } from './probe.ts';
import type { ProbeContext } from './probe-operations.ts';
import { toolChoices, toolSamples } from './tool-samples.ts';

const request = (body: object) => ({ method: 'POST', path: '/responses', body: { model: 'any-model', ...body } });

/** Compares a request that has each type of input item with the same request without it. */
export async function probeInputItems(index: ContractIndex, context: ProbeContext): Promise<Map<string, Verdict>> {
  const samples = itemSamples(context.fixtures);
  const verdicts = new Map<string, Verdict>();
  for (const kind of Object.keys(index.inputItems)) {
    const items = samples[kind];
    if (!items) throw new Error(`No sample of the item ${kind}. Add one.`);
    // A trigger works only as the last item.
    const rest = kind === 'compaction_trigger' ? [message('Go on.'), ...items] : [...items, ...restOf(kind)];
    const tools = kind === 'additional_tools' ? { tool_choice: 'auto' } : {};
    const probed = request({ input: [message('Hello'), ...rest], ...tools });
    const plain = request({ input: [message('Hello'), ...restOf(kind)] });
    verdicts.set(kind, await context.prober.compare(probed, plain, 'input'));
  }
  return verdicts;
}

/** The items after the sample. Reasoning belongs to the answer after it. */
const restOf = (kind: string): object[] => [
  ...(kind === 'reasoning' ? [{ type: 'message', role: 'assistant', content: 'Yes.' }] : []),
  message('Go on.'),
];

const input = 'call twice';

/** Compares a request that has each type of tool beside a function with one that has only the function. */
export async function probeTools(index: ContractIndex, { prober }: ProbeContext): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const plain = request({ input, tools: [functionTool] });
  for (const kind of Object.keys(index.tools)) {
    const tools = [functionTool, sampleOf(kind)];
    verdicts.set(kind, await prober.compare(request({ input, tools }), plain, 'tools'));
  }
  return verdicts;
}

/** The tools of choices with another name. */
const toolOf: Readonly<Record<string, string>> = { computer_use: 'computer' };

/** Probes each type of tool as the one to call. */
export async function probeToolChoices(index: ContractIndex, { prober }: ProbeContext): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const kind of Object.keys(index.toolChoices)) {
    const tools = kind === 'allowed_tools' ? [functionTool] : [functionTool, sampleOf(toolOf[kind] ?? kind)];
    const choice = toolChoices[kind] ?? { type: kind };
    const probed = request({ input, tools, tool_choice: choice });
    const plain = request({ input, tools });
    verdicts.set(kind, await prober.compare(probed, plain, 'tool_choice'));
  }
  return verdicts;
}

function sampleOf(kind: string): object {
  // A second name, because the function is beside each sample already.
  if (kind === 'function') return { ...functionTool, name: 'listen' };
  const sample = toolSamples[kind];
  if (!sample) throw new Error(`No sample of the tool ${kind}. Add one.`);
  return sample;
}
