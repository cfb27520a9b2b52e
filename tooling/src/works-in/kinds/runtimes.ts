import { type Check, type Kind, NotAvailable } from '../kind.ts';
import type { Project } from '../project.ts';
import { everyEntry, everyPackage, programs, programsTogether, requiring, story } from '../sources.ts';
import { NODE, tools } from '../versions.ts';

const names =
  everyEntry.map((entry, i) => `import * as e${i} from '${entry}'; Object.keys(e${i})[0].at(0);`).join('\n') +
  `\nconsole.log('story told');`;
const npm = (program: string) => program.replaceAll(/(?<=from ')(?=[@\w])(?!node:)/g, 'npm:');

/** Other runtimes that read `node_modules`. */
export const runtimeKinds: readonly Kind[] = [
  {
    name: 'deno, npm: specifiers',
    node: NODE,
    ours: everyPackage,
    packages: tools('deno'),
    files: {
      'names.ts': npm(names),
      ...Object.fromEntries([...programsTogether(programs())].map(([name, program]) => [`${name}.mjs`, npm(program)])),
    },
    imports: underDeno('names.ts'),
    runs: underDeno(...[...programsTogether(programs()).keys()].map((name) => `${name}.mjs`)),
  },
  {
    name: 'bun',
    node: NODE,
    ours: everyPackage,
    packages: tools('bun'),
    files: {
      'names.ts': names,
      'story.ts': story,
      'story.cjs': requiring(story),
      'required.cjs': `require('./story.cjs').tellStory().then(console.log);`,
      'imported.ts': `import { tellStory } from './story.ts'; console.log(await tellStory());`,
      ...Object.fromEntries([...programsTogether(programs())].map(([name, program]) => [`${name}.mjs`, program])),
    },
    imports: underBun('names.ts'),
    runs: underBun(
      'required.cjs',
      'imported.ts',
      ...[...programsTogether(programs()).keys()].map((name) => `${name}.mjs`),
    ),
  },
];

/** Deno resolves `npm:` in `node_modules` if that is there. */
function underDeno(...files: string[]): Check {
  const flags = ['--no-prompt', '--no-lock', '--node-modules-dir=manual', '--allow-all'];
  return told('deno', /\/deno(\.exe)?$/, ['run', ...flags], files);
}

function underBun(...files: string[]): Check {
  return told('bun', /bun\.exe$/, ['run', '--no-install'], files);
}

/** The check that each file prints `story told`. The runtime's own install script brings its executable. */
function told(runtime: string, executable: RegExp, args: string[], files: readonly string[]): Check {
  return async (project: Project) => {
    if (!project.list(`node_modules/${runtime}`).some((path) => executable.test(path))) {
      throw new NotAvailable(`the package ${runtime} has no executable: its install script did not run`);
    }
    for (const file of files) {
      const said = await project.run(runtime, ...args, file);
      if (!said.includes('story told')) throw new Error(`${file} ended early and said: ${said}`);
    }
    return undefined;
  };
}
