import type { Kind } from './kind.ts';
import { bundlerKinds } from './kinds/bundlers.ts';
import { frameworkKinds } from './kinds/frameworks.ts';
import { nodeKinds } from './kinds/node.ts';
import { runtimeKinds } from './kinds/runtimes.ts';
import { testRunnerKinds } from './kinds/test-runners.ts';
import { typescriptKinds } from './kinds/typescript.ts';

/** Every kind of project, in the order in which they are tried. */
export const kinds: readonly Kind[] = [
  ...nodeKinds,
  ...testRunnerKinds,
  ...typescriptKinds,
  ...frameworkKinds,
  ...bundlerKinds,
  ...runtimeKinds,
];
