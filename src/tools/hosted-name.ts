/** Returns the plain name of a hosted tool's type: `web_search` for `web_search_preview_2025_03_11`. */
export const toHostedName = (type: string): string => type.replace(/(?:_preview)?(?:_\d{4}_\d\d_\d\d)?$/, '');

/** Whether one of the tools is of this hosted type, in any of its versions. */
export const includesHosted = (tools: readonly { type: string }[], type: string): boolean =>
  tools.some((tool) => toHostedName(tool.type) === toHostedName(type));
