import type { Child } from 'hono/jsx';

export interface Column<T> {
  readonly title: string;
  readonly cell: (row: T) => Child;
  readonly isNumber?: true;
  /** It needs no label where rows are stacked: a title, a link. */
  readonly isPlain?: true;
  readonly head?: Child;
  readonly sort?: 'ascending' | 'descending' | 'none';
}

/** A table that a narrow screen shows with stacked rows; roles keep it a table for screen readers. */
export function Table<T>({
  caption,
  columns,
  rows,
}: {
  readonly caption?: Child;
  readonly columns: readonly Column<T>[];
  readonly rows: readonly T[];
}) {
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: browsers drop the roles of tables that CSS displays as blocks
    <table class="stack" role="table">
      {caption === undefined ? null : <caption>{caption}</caption>}
      <thead role="rowgroup">
        <tr role="row">
          {columns.map(({ title, head, sort, isNumber }) => (
            <th
              role="columnheader"
              scope="col"
              class={isNumber === true ? 'number' : undefined}
              aria-sort={sort}
            >
              {head ?? title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {rows.map((row) => (
          <tr role="row">
            {columns.map(({ title, cell, isNumber, isPlain }) => (
              <td
                role="cell"
                class={isNumber === true ? 'number' : undefined}
                data-label={isPlain === true ? undefined : title}
              >
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
