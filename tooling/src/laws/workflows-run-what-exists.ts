import type { Repository } from '../repository/repository.ts';
import { commandsOf, nodesOf, type Workflow, workflows } from '../repository/workflow.ts';
import { type Manifest, workspaces } from '../repository/workspace.ts';
import type { Law } from './law.ts';

/** Workflows run only on GitHub, so a renamed script or file would be noticed there, after the merge. */
export const workflowsRunWhatExists: Law = {
  name: 'workflows name scripts, packages and files that exist, actions by commit, and the Nodes we support',
  *check(repository) {
    for (const workflow of workflows(repository)) {
      for (const what of problemsOf(workflow, repository)) yield { where: workflow.path, what };
    }
  },
};

function* problemsOf({ text, jobs }: Workflow, repository: Repository): Generator<string> {
  const root = JSON.parse(repository.get('package.json') ?? '{}') as Manifest;
  const [, oldest = ''] = /^>=(\d+)$/.exec((root['engines'] as { node?: string } | undefined)?.node ?? '') ?? [];
  for (const job of Object.values(jobs)) {
    for (const command of commandsOf(job)) yield* missingIn(command, root, repository);
    for (const node of nodesOf(job)) {
      if (![`${oldest}.0`, 'latest'].includes(node))
        yield `Node ${node} is neither ${oldest}.0, our oldest, nor latest`;
    }
  }
  for (const [, action = '', version = ''] of text.matchAll(/\buses: (\S+)(.*)/g)) {
    if (!/@[0-9a-f]{40}$/.test(action)) yield `${action} must be pinned by its full commit`;
    else if (!/^ # v\d+\.\d+\.\d+$/.test(version)) yield `${action} needs its version as a comment`;
  }
  for (const [, named = ''] of text.matchAll(/github\.repository == '([^']+)'/g)) {
    if (root['homepage'] !== `https://github.com/${named}`) yield `${named} is not this project`;
  }
}

/** What a command names and this repository has not. */
function* missingIn(command: string, root: Manifest, repository: Repository): Generator<string> {
  const [program, ...args] = command.split(/\s+/);
  for (const [, version] of command.matchAll(/\bpnpm@(\S+)/g)) {
    if (root['packageManager'] !== `pnpm@${version}`) yield `pnpm@${version} is not the pnpm of package.json`;
  }
  for (const file of args
    .filter((arg) => /^[\w.-]+\/[\w./-]+$/.test(arg))
    .concat(program?.includes('/') ? program : [])) {
    if (!repository.has(file)) yield `${file} does not exist`;
  }
  if (program !== 'pnpm' || args[0] === 'install') return;
  const filtered = args.flatMap((arg, i) => (args[i - 1] === '--filter' ? arg : []));
  const script = args.find((arg, i) => !arg.startsWith('--') && arg !== 'run' && args[i - 1] !== '--filter') ?? '';
  const all = workspaces(repository).map(({ manifest }) => manifest);
  const within = filtered.length === 0 ? [root] : filtered.map((name) => all.find((each) => each.name === name));
  for (const [i, manifest] of within.entries()) {
    if (!manifest?.scripts?.[script]) yield `${filtered[i] ?? 'the root'} has no script ${script}`;
  }
}
