import type { ContractIndex } from './contract-index.ts';
import { functionTool, message } from './fixtures.ts';
import { itemSamples } from './item-samples.ts';
import type { Verdict } from './probe.ts';
import type { ProbeContext } from './probe-operations.ts';
import { toolChoices, toolSamples } from './tool-samples.ts';

const request = (body: object) => ({ method: 'POST', path: '/responses', body: { model: 'any-model', ...body } });

/** Each kind of input item in a request, against the same request without it. */
export async function probeInputItems(index: ContractIndex, context: ProbeContext): Promise<Map<string, Verdict>> {
  const samples = itemSamples(context.fixtures);
  const verdicts = new Map<string, Verdict>();
  const plain = request({ input: [message('Hello'), message('Go on.')] });
  for (const kind of Object.keys(index.inputItems)) {
    const items = samples[kind];
    if (!items) throw new Error(`There is no sample of the item ${kind}: add one.`);
    // A trigger works as the last item alone.
    const rest = kind === 'compaction_trigger' ? [message('Go on.'), ...items] : [...items, message('Go on.')];
    const tools = kind === 'additional_tools' ? { tool_choice: 'auto' } : {};
    const probed = request({ input: [message('Hello'), ...rest], ...tools });
    verdicts.set(kind, await context.prober.compare(probed, plain, 'input'));
  }
  return verdicts;
}

const input = 'call twice';

/** Each kind of tool beside a function, against the function alone. */
export async function probeTools(index: ContractIndex, { prober }: ProbeContext): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  const plain = request({ input, tools: [functionTool] });
  for (const kind of Object.keys(index.tools)) {
    const tools = [functionTool, sampleOf(kind)];
    verdicts.set(kind, await prober.compare(request({ input, tools }), plain, 'tools'));
  }
  return verdicts;
}

/** Where a choice has another name than the tool it means. */
const toolOf: Readonly<Record<string, string>> = { computer_use: 'computer' };

/** Each kind of tool as the one that must be called. */
export async function probeToolChoices(index: ContractIndex, { prober }: ProbeContext): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const kind of Object.keys(index.toolChoices)) {
    const tools = kind === 'allowed_tools' ? [functionTool] : [functionTool, sampleOf(toolOf[kind] ?? kind)];
    const choice = toolChoices[kind] ?? { type: kind };
    const probed = request({ input, tools, tool_choice: choice });
    verdicts.set(kind, await prober.compare(probed, request({ input, tools }), 'tool_choice'));
  }
  return verdicts;
}

function sampleOf(kind: string): object {
  // One under another name: the function stands beside each sample already.
  if (kind === 'function') return { ...functionTool, name: 'listen' };
  const sample = toolSamples[kind];
  if (!sample) throw new Error(`There is no sample of the tool ${kind}: add one.`);
  return sample;
}
