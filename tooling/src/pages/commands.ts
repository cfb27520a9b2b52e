import type { Repository } from '../repository/repository.ts';

/** A command of pnpm in a page. */
export interface Command {
  readonly page: string;
  readonly text: string;

  /** The version of pnpm that it asks for, if any. */
  readonly version: string | undefined;

  /** The package whose script it runs; `undefined` for the root. */
  readonly of: string | undefined;
  readonly script: string;
}

const COMMAND =
  /(?:npx -y pnpm@(?<version>[\d.]+)|(?<![\w-])pnpm) (?:--filter (?<of>\S+) )?(?:run )?(?<script>[a-z][\w:-]*)/g;

const CODE = /```[\s\S]*?```|`[^`\n]+`/g;

/** Commands of pnpm itself. */
const BUILT_IN = new Set(['exec', 'install', 'add', 'script', 'publish']);

/** The commands of pnpm in the code of a page that run a script. */
export function commandsIn(page: string, text: string): Command[] {
  const code = [...text.matchAll(CODE)].join('\n');
  return [...code.matchAll(COMMAND)].flatMap(({ 0: found, groups = {} }) => {
    const { version, of, script = '' } = groups;
    return BUILT_IN.has(script) ? [] : [{ page, text: found, version, of, script }];
  });
}

interface Manifest {
  readonly name: string;
  readonly packageManager?: string;
  readonly scripts?: Readonly<Record<string, string>>;
}

/** The commands that would not run here: another pnpm, an unknown package, or a script that does not exist. */
export function brokenCommands(commands: readonly Command[], repository: Repository): string[] {
  const manifests = [...repository]
    .filter(([path]) => path.endsWith('package.json'))
    .map(([path, text]) => {
      return [path, JSON.parse(text) as Manifest] as const;
    });
  const byName = new Map(manifests.map(([, manifest]) => [manifest.name, manifest]));
  const root = manifests.find(([path]) => path === 'package.json')?.[1];
  return commands.flatMap(({ page, text, version, of, script }) => {
    const manifest = of === undefined ? root : byName.get(of);
    const isOurs = version === undefined || root?.packageManager === `pnpm@${version}`;
    return isOurs && manifest?.scripts?.[script] !== undefined ? [] : [`${page}: ${text}`];
  });
}
