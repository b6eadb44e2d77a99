import { functionTool } from './fixtures.ts';

const fixed = (type: string, rest: object = {}): object => ({ type, ...rest });

/** A tool of each type, following OpenAI's contract. */
export const toolSamples: Record<string, object> = {
  custom: fixed('custom', { name: 'patch' }),
  namespace: fixed('namespace', { name: 'eyes', description: 'To see.', tools: [functionTool] }),
  file_search: fixed('file_search', { vector_store_ids: ['vs_1'] }),
  computer: fixed('computer'),
  computer_use_preview: fixed('computer_use_preview', {
    environment: 'browser',
    display_width: 1024,
    display_height: 768,
  }),
  web_search: fixed('web_search'),
  web_search_2025_08_26: fixed('web_search_2025_08_26'),
  web_search_preview: fixed('web_search_preview'),
  web_search_preview_2025_03_11: fixed('web_search_preview_2025_03_11'),
  mcp: fixed('mcp', { server_label: 'tools', require_approval: 'never' }),
  code_interpreter: fixed('code_interpreter', { container: { type: 'auto' } }),
  programmatic_tool_calling: fixed('programmatic_tool_calling'),
  image_generation: fixed('image_generation'),
  local_shell: fixed('local_shell'),
  shell: fixed('shell'),
  tool_search: fixed('tool_search', { execution: 'client' }),
  apply_patch: fixed('apply_patch'),
};

/** Choices that need more than a type. */
export const toolChoices: Record<string, object> = {
  function: { type: 'function', name: 'look' },
  custom: { type: 'custom', name: 'patch' },
  mcp: { type: 'mcp', server_label: 'tools', name: 'echo' },
  allowed_tools: { type: 'allowed_tools', mode: 'required', tools: [{ type: 'function', name: 'look' }] },
};
