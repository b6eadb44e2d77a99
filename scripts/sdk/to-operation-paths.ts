interface Document {
  paths: Record<string, object>;
}

/** Returns the TypeScript client's module with each operation's method and path. */
export function toOperationPaths({ paths }: Document): string {
  const rows = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]) =>
      typeof operation === 'object' && 'operationId' in operation
        ? [`  ${operation.operationId}: { method: '${method}', path: '${path}' },\n`]
        : [],
    ),
  );
  return `import type { OperationId } from './types.ts';

export type OperationMethod = 'get' | 'put' | 'post' | 'delete';

export const operationPaths: Record<OperationId, { method: OperationMethod; path: string }> = {
${rows.join('')}};
`;
}
