import { cpSync, readdirSync, writeFileSync } from 'node:fs';
import type { UserConfig } from 'tsdown';
import { bundle } from '../../tsdown.shared.ts';

const built = bundle();

/**
 * axios is two packages in one: `require` gets another copy of it than `import`, with classes and types of its own.
 * So there is one of ours for each, and a program's errors stay instances of the classes it knows.
 */
const forRequire: UserConfig[] = built.map((config) => ({
  ...config,
  format: 'cjs',
  outExtensions: () => ({ js: '.cjs' }),
  hooks: { 'build:done': declareForRequire },
}));

/** The same declarations in a folder that calls itself CommonJS: there they refer and add to axios' types for `require`. */
function declareForRequire(): void {
  const declarations = readdirSync('dist').filter((file) => file.endsWith('.d.ts'));
  for (const file of declarations) cpSync(`dist/${file}`, `dist/cjs/${file}`);
  writeFileSync('dist/cjs/package.json', '{ "type": "commonjs" }\n');
}

export default [...built, ...forRequire];
