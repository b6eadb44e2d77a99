import type { ComponentChildren } from 'preact';

export interface Column<Row> {
  name: string;
  /** Whether the column has numbers, which are aligned at their end. */
  isNumber?: boolean;
  cell(row: Row): ComponentChildren;
}

interface Properties<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf(row: Row): string;
}

/** Shows a table. On narrow screens each row is a card; the roles keep it a table for screen readers. */
export function Table<Row>({ label, columns, rows, keyOf }: Properties<Row>) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: `display` of the narrow layout removes the implicit roles
    <table class="rows" role="table" aria-label={label}>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ name, isNumber }) => (
            <th key={name} role="columnheader" scope="col" class={isNumber ? 'number' : ''}>
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr key={keyOf(row)} role="row">
            {columns.map(({ name, isNumber, cell }) => (
              <td key={name} role="cell" data-name={name} class={isNumber ? 'number' : ''}>
                {cell(row)}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: see above
  );
}
