/**
 * Lists the differences between our wire types and those of the openai package, field by field, with reasons. `toOurs`:
 * their value can't be used as ours. `toTheirs`: the opposite. The claims next to this file fail to compile for an
 * unlisted difference and for an outdated entry.
 */

const newer = 'the SDK is newer than the contract that this server follows';
const open = 'the contract leaves the content of hosted tools and their items open: it passes through unchanged';
const within = 'contains tools, items or parts, whose differences are listed with them';
const anyTier = 'any tier is accepted, and the reply has "default"';
const spellings = 'OpenAI has spelt it in_memory and in-memory; both are accepted';
const lifetimes = 'any cache lifetime is accepted';
const hostedChoice = 'the types of hosted tools are one enum here, and MCP requires its server';
const nulls = 'null where the SDK omits the field';
const parts = 'any type of part is accepted in any message; an unsupported one is refused with a message';
const audio = 'agents produce no audio, so its fields are left open';
const openResponses = 'Open Responses has the field, OpenAI lacks it';
const statuses = 'every item of a reply has a status here';
const otherTools = 'tools of unknown types are accepted';
const anyJson = 'an object here, anything in the SDK';

const hostedItems = {
  'code_interpreter_call.outputs': open,
  'additional_tools.tools': within,
  'web_search_call.action': open,
  'tool_search_output.tools': within,
  'mcp_call.error': open,
  'computer_call.action': open,
  'computer_call.actions': open,
  'local_shell_call.action': open,
  'shell_call.environment': open,
} as const;

const itemsToTheirs = {
  ...hostedItems,
  'computer_call_output.output': open,
  'shell_call.action': open,
  'shell_call_output.output': open,
  'apply_patch_call.operation': open,
} as const;

const itemsToOurs = {
  'additional_tools.tools': within,
  'tool_search_output.tools': within,
  'compaction.status': statuses,
  'web_search_call.status': newer,
  'tool_search_call.arguments': anyJson,
  'mcp_list_tools.tools': anyJson,
  'computer_call_output.status': newer,
} as const;

const lifecycle = {
  'response.created.response': within,
  'response.queued.response': within,
  'response.in_progress.response': within,
  'response.completed.response': within,
  'response.incomplete.response': within,
  'response.failed.response': within,
  'response.output_item.added.item': within,
  'response.output_item.done.item': within,
} as const;

const spoken = "OpenAI's events of sound name their response, and its types forget to say so";

export const exceptions = {
  chatRequestToOurs: {},
  chatRequestUnknown: {},
  chatRequestToTheirs: {
    messages: within,
    tools: otherTools,
    service_tier: anyTier,
    prompt_cache_retention: spellings,
    prompt_cache_options: lifetimes,
    audio,
    web_search_options: open,
  },
  chatMessageToOurs: {},
  chatMessageToTheirs: {
    'user.content': parts,
    'assistant.content': parts,
    'assistant.audio': audio,
    'tool.content': parts,
  },
  chatCompletionToTheirs: { service_tier: anyTier },
  chatCompletionToOurs: {},
  chunkToTheirs: { service_tier: anyTier },
  chunkToOurs: { choices: "an answer is always the assistant's" },
  storedMessageToTheirs: {
    role: 'the messages of a stored completion are those that were sent, of any role',
    content_parts: parts,
  },
  storedMessageToOurs: {},
  deletedChatCompletionToTheirs: {},
  deletedChatCompletionToOurs: { deleted: 'always true: a failure is an error' },
  chatUpdateToOurs: {},
  chatUpdateToTheirs: {},
  modelToTheirs: {},
  modelToOurs: {
    permission: 'old clients read it, and the SDK has forgotten it',
    root: 'old clients read it, and the SDK has forgotten it',
    parent: 'old clients read it, and the SDK has forgotten it',
  },

  responseRequestToOurs: { tools: within, tool_choice: hostedChoice, input: within },
  responseRequestUnknown: { access_programs: newer, image: newer },
  responseRequestToTheirs: {
    tools: within,
    include: 'unknown values are accepted',
    tool_choice: hostedChoice,
    service_tier: anyTier,
    prompt_cache_retention: spellings,
    prompt_cache_options: lifetimes,
    input: within,
    prompt: open,
  },
  responseToTheirs: {
    tools: nulls,
    tool_choice: hostedChoice,
    service_tier: anyTier,
    prompt_cache_retention: spellings,
    text: nulls,
    output: within,
    usage: 'null until the response has ended',
    access_programs: newer,
    output_text: 'the SDK adds it to what was received',
    error: "an upstream's own code is handed on, so the codes are open",
  },
  responseToOurs: {
    tools: within,
    tool_choice: hostedChoice,
    presence_penalty: openResponses,
    frequency_penalty: openResponses,
    store: openResponses,
    output: within,
    instructions: 'always text: prompts that are made of items are not built',
    incomplete_details: newer,
  },
  outputItemToTheirs: itemsToTheirs,
  outputItemToOurs: { ...itemsToOurs, 'custom_tool_call.status': statuses },
  responseItemToTheirs: itemsToTheirs,
  responseItemToOurs: { ...itemsToOurs, configuration_update: newer },
  inputItemToOurs: {
    'additional_tools.tools': within,
    'tool_search_output.tools': within,
    'web_search_call.status': newer,
    'tool_search_call.arguments': anyJson,
    'mcp_list_tools.tools': anyJson,
    configuration_update: newer,
  },
  inputItemToTheirs: {
    ...hostedItems,
    'additional_tools.role': 'any role is taken',
    'computer_call_output.status': 'a failed one is taken too',
    'message.content': parts,
    'function_call_output.output': parts,
    'custom_tool_call_output.output': parts,
    input_text: 'parts may stand in the list by themselves, without a message around them',
    input_image: 'parts may stand in the list by themselves, without a message around them',
    input_file: 'parts may stand in the list by themselves, without a message around them',
    output_text: 'parts may stand in the list by themselves, without a message around them',
  },
  toolToOurs: { 'namespace.tools': anyJson, 'tool_search.parameters': anyJson },
  toolToTheirs: {
    'web_search_preview.user_location': open,
    'web_search_preview_2025_03_11.user_location': open,
    'file_search.filters': open,
    'mcp.connector_id': open,
    'code_interpreter.container': open,
    'image_generation.quality': open,
    'shell.environment': open,
  },
  eventToTheirs: {
    ...lifecycle,
    keepalive: 'known to the SDK when it reads, but not to its types; this server sends comments instead',
    'response.shell_call_output_content.done.output': open,
  },
  eventToOurs: {
    ...lifecycle,
    'response.compaction.compacting': newer,
    'error.error': 'OpenAI sends the error within too, and its types forget to say so',
    'response.output_text.delta.logprobs': 'bytes are always given',
    'response.output_text.done.logprobs': 'bytes are always given',
    'response.function_call_arguments.done.name': 'OpenAI sends the name too, and its types forget to say so',
    'response.audio.delta.response_id': spoken,
    'response.audio.done.response_id': spoken,
    'response.audio.transcript.delta.response_id': spoken,
    'response.audio.transcript.done.response_id': spoken,
  },
  countRequestToOurs: { tools: within, tool_choice: hostedChoice, input: within },
  countRequestToTheirs: { tools: within, tool_choice: hostedChoice, input: within },
  countToTheirs: {},
  countToOurs: {},
  compactRequestToOurs: { input: within },
  compactRequestToTheirs: {
    service_tier: anyTier,
    prompt_cache_retention: spellings,
    prompt_cache_options: lifetimes,
    input: within,
  },
  compactedToTheirs: { output: within },
  compactedToOurs: { output: within },
  inputListToTheirs: { data: within, first_id: 'null in an empty list', last_id: 'null in an empty list' },
  inputListToOurs: { data: within },

  conversationToTheirs: {},
  conversationToOurs: { metadata: 'unknown in the SDK' },
  conversationRequestToOurs: { items: within },
  conversationRequestToTheirs: { items: within },
  conversationUpdateToOurs: {},
  conversationUpdateToTheirs: {},
  deletedConversationToTheirs: {},
  deletedConversationToOurs: { deleted: 'always true: a failure is an error' },
  conversationItemToTheirs: itemsToTheirs,
  conversationItemToOurs: {
    ...itemsToOurs,
    'custom_tool_call.status': statuses,
    'custom_tool_call_output.status': statuses,
    'message.content': "the SDK's conversations know kinds of parts that no text API makes",
    'message.role': "the SDK's conversations know roles that no text API takes",
    configuration_update: newer,
  },
  conversationItemListToTheirs: { data: within, first_id: 'null in an empty list', last_id: 'null in an empty list' },
  conversationItemListToOurs: { data: within },
  newItemsToOurs: { items: within },
  newItemsToTheirs: { items: within },
} as const satisfies Record<string, Record<string, string>>;
