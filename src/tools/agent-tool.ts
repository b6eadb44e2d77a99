/** A function as the model sees it. */
export interface AgentTool {
  name: string;
  description?: string;
  /** A JSON Schema object. Omitted: the function takes no arguments. */
  parameters?: Record<string, unknown>;
  strict?: boolean;
}
