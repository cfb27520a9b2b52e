import type { Adapter } from './adapter.ts';

/** A line that a file of the repository gets for a new adapter. */
export interface Edit {
  readonly path: string;
  /** The text before which the edit is made; named in the error if it is missing. */
  readonly anchor: string;
  /** The text with the line, or undefined if the anchor was not found. */
  apply(text: string, adapter: Adapter): string | undefined;
}

/** Where the repository lists its packages. */
export const edits: readonly Edit[] = [
  {
    path: 'tsconfig.json',
    anchor: '{ "path": "./packages/…" }',
    apply(text, { name }) {
      const reference = (folder: string) => `    { "path": "./packages/${folder}" }`;
      const folders = [...text.matchAll(/^ {4}\{ "path": "\.\/packages\/([^"]+)" \}/gm)].map(
        ([, folder = '']) => folder,
      );
      const before = folders.findLast((folder) => folder < name);
      if (before !== undefined) return text.replace(reference(before), `${reference(before)},\n${reference(name)}`);
      const [first] = folders;
      return first === undefined
        ? undefined
        : text.replace(reference(first), `${reference(name)},\n${reference(first)}`);
    },
  },
  {
    path: 'README.md',
    anchor: 'the last row that begins with | [`@switchgear/…`](packages/…)',
    apply(text, { name, host, methods }) {
      const row = `| [\`@switchgear/${name}\`](packages/${name}) | \`protect${pascal(name)}(client, { breaker })\`: in front of ${methods.map((method) => `\`${method}\``).join(', ')} of a ${host} client, in place |`;
      return afterLast(text, /^\| \[`@switchgear\/[^`]+`\]\(packages\/.*$/gm, `\n${row}`);
    },
  },
  {
    path: 'docs/README.md',
    anchor: '| know what is counted as a failure | … [Hono](../packages/hono/README.md#…)',
    apply: (text, { name, host }) =>
      afterLast(
        text,
        /(?<=^\| know what is counted as a failure \|.*)\]\(\.\.\/packages\/[^)]+\)/gm,
        `, [${host}](../packages/${name}/README.md#what-counts-as-a-failure)`,
      ),
  },
  {
    path: 'docs/README.md',
    anchor: '| anything else | [core](guides/core.md)',
    apply(text, { name, host }) {
      const readme = `../packages/${name}/README.md`;
      const row = `| ${host} | [its README](${readme}) | [\`@switchgear/${name}\`](${readme}) |`;
      return before(text, '| anything else | [core](guides/core.md)', `${row}\n`);
    },
  },
  {
    path: 'tooling/size-budget.json',
    anchor: 'the end of the list, }\\n]',
    apply(text, { name }) {
      const line = {
        what: `${name}, with the breaker`,
        package: `packages/${name}`,
        import: `{ createBreaker, protect${pascal(name)} } from '@switchgear/${name}'`,
        limit: 0,
      };
      const entry = JSON.stringify([line], null, 2).slice(2, -2);
      return /\}\n\]\n$/.test(text) ? text.replace(/\n\]\n$/, `,\n${entry}\n]\n`) : undefined;
    },
  },
];

/** `AwsSqs` of `aws-sqs`: the name as a part of names in code. */
export function pascal(name: string): string {
  return name.replace(/(?:^|-)([a-z0-9])/g, (_match, letter: string) => letter.toUpperCase());
}

function afterLast(text: string, pattern: RegExp, added: string): string | undefined {
  const last = [...text.matchAll(pattern)].at(-1);
  if (!last) return undefined;
  const end = last.index + last[0].length;
  return text.slice(0, end) + added + text.slice(end);
}

function before(text: string, anchor: string, added: string): string | undefined {
  const at = text.indexOf(anchor);
  return at === -1 ? undefined : text.slice(0, at) + added + text.slice(at);
}
