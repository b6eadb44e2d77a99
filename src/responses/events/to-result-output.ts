import type { AgentPart } from '../../agent/agent-client.ts';
import type { Schemas } from '../../contract/types.ts';
import { omitUndefined } from '../../json/omit-undefined.ts';

/** Returns the output of a tool that the agent ran, as the agent sent it: text or parts. */
export function toResultOutput(output: string | AgentPart[]): Schemas['ToolOutput'] {
  return typeof output === 'string' ? output : output.map(toPart);
}

function toPart(part: AgentPart): Schemas['InputPartEcho'] {
  switch (part.type) {
    case 'text':
      return { type: 'input_text', text: part.text };
    case 'image':
      return { type: 'input_image', image_url: part.url, detail: part.detail ?? 'auto' };
    case 'file': {
      const { filename, data, url } = part;
      return { type: 'input_file', ...omitUndefined({ filename, file_data: data, file_url: url }) };
    }
  }
}
