import { expect, it } from 'vitest';
import { dialects } from '../src/dialects/detect.ts';

/** The tables of the importers as a page. */
function page(): string {
  const parts = dialects().flatMap(({ title, tables = {} }) => [
    `## ${title[0]?.toUpperCase()}${title.slice(1)}`,
    ...Object.entries(tables).flatMap(([name, table]) => [
      `### \`${name}\``,
      [
        '| field | | becomes, or why not |',
        '|---|---|---|',
        ...Object.entries(table).map(([field, [said, why]]) => `| \`${field}\` | ${said} | ${why} |`),
      ].join('\n'),
    ]),
  ]);
  return `${['# Fields of other libraries and meshes', 'Printed from the tables that the importers read by (`pnpm --filter @switchgear/config test --update`). A field that is not here is noted as not known, with the nearest name.', ...parts].join('\n\n')}\n`;
}

it('the page of fields says what the importers go by', async () => {
  await expect(page()).toMatchFileSnapshot('../FIELDS.md');
});
