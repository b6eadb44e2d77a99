import type { OpenApiDocument } from '../contract/document.ts';

/**
 * Promises of Talaria's contract beyond both public contracts, by schema: fields that other servers may omit or fill
 * differently. Without this list the audits would blame servers for not being Talaria.
 */
const ownPromises: Record<string, { optional?: string[]; free?: string[] }> = {
  Model: { optional: ['permission', 'root', 'parent'], free: ['permission', 'root', 'parent'] },
  ChatCompletion: { optional: ['usage'], free: ['metadata'] },
  ChatUsage: { optional: ['prompt_tokens_details', 'completion_tokens_details'] },
  ChatPromptTokensDetails: { optional: ['cached_tokens'] },
  ChatCompletionTokensDetails: { optional: ['reasoning_tokens'] },
  InputTokensDetails: { optional: ['cache_write_tokens'] },
  ResponseResource: { optional: ['access_programs'] },
  IncompleteDetails: { free: ['reason'] },
  StoredChatMessage: { optional: ['refusal', 'content_parts'] },
  OutputMessage: { free: ['phase'] },
  ReasoningItem: { optional: ['status'], free: ['encrypted_content'] },
  CompactionItem: { optional: ['status'] },
  InputImageEcho: { free: ['file_id'] },
  InputFileEcho: { free: ['file_id'] },
  TextFormatJsonSchemaEcho: { free: ['schema', 'strict'] },
  TextSettingsEcho: { free: ['verbosity'] },
};

/** Relaxes the contract to what binds any server. Mutates the document. */
export function relaxContract(document: OpenApiDocument): OpenApiDocument {
  for (const [name, { optional = [], free = [] }] of Object.entries(ownPromises)) {
    const schema = document.components.schemas[name];
    if (!schema) throw new Error(`The contract has no schema ${name}.`);
    if (schema.required) schema.required = schema.required.filter((field) => !optional.includes(field));
    for (const field of free) if (schema.properties?.[field]) schema.properties[field] = {};
  }
  return document;
}
