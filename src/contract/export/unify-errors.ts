import type { OpenApiDocument, ResponseObject } from '../document.ts';

const json = 'application/json';

/**
 * Unifies the errors of each operation: any JSON, if they differ. Drops the error of unlisted statuses
 * (`default`), unless it is the only one. Changes the document.
 */
export function unifyErrors({ paths, components }: OpenApiDocument): void {
  for (const operation of Object.values(paths).flatMap((item) => Object.values(item))) {
    const { responses } = operation ?? {};
    if (!responses) continue;
    const errors = Object.keys(responses).filter((status) => status.startsWith('4') || status.startsWith('5'));
    if (errors.length > 0) delete responses['default'];
    const types = new Set(errors.map((status) => JSON.stringify(resolve(responses[status])?.content?.[json]?.schema)));
    if (types.size < 2) continue;
    for (const status of errors) {
      const { description = '' } = resolve(responses[status]) ?? {};
      responses[status] = { description, content: { [json]: { schema: {} } } };
    }
  }

  function resolve(reply: ResponseObject | undefined): ResponseObject | undefined {
    const name = reply?.$ref?.split('/').at(-1);
    return name === undefined ? reply : components.responses?.[name];
  }
}
