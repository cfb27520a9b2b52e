import { expect, it } from 'vitest';
import { namesUnder } from '../../src/pages/tables.ts';

const page = `# Page
\`outside\`
## Options
| theirs | ours |
|---|---|
| \`a\`, \`b\` | \`not\` |
### More
| \`c\` | |
## Events
| \`d\` | |
`;

it('the names of a table are those in code in its first column', () => {
  expect(namesUnder(page, 'Options')).toEqual(['a', 'b', 'c']);
  expect(namesUnder(page, 'Events')).toEqual(['d']);
  expect(namesUnder(page, 'None')).toEqual([]);
});
