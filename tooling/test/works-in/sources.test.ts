import { describe, expect, it } from 'vitest';
import { programs, requiring, requiringProgram, story } from '../../src/works-in/sources.ts';

describe('a module written as CommonJS', () => {
  it('requires what it imported, and exports its functions', () => {
    const module = `import host from 'host';\nimport {\n  a,\n  b,\n} from '@scope/name';\nexport async function tell() {}\n`;
    expect(requiring(module)).toBe(
      `const host = require('host');\nconst {\n  a,\n  b,\n} = require('@scope/name');\nasync function tell() {}\nmodule.exports = { tell };\n`,
    );
  });

  it('has no import and no export left in any story', () => {
    const all = [requiring(story), ...[...programs().values()].map(requiringProgram)];
    for (const each of all) expect(each).not.toMatch(/^(import|export) /m);
  });
});
