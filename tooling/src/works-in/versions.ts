/** The Nodes that are tried, each the newest of its line, except for the oldest that is supported. */
export const NODES = ['20.0.0', '20.20.2', '22.23.5', '24.22.3', '26.12.1'] as const;

/** The Node that runs the tools of other kinds. */
export const NODE = '24.22.3';

/** The oldest TypeScript that is supported, and each minor version since. */
export const TYPESCRIPTS = ['5.4.5', '5.5.4', '5.6.3', '5.7.3', '5.8.3', '5.9.3', '6.0.3', '7.0.2'] as const;

const TOOLS = {
  '@types/jest': '30.0.0',
  '@types/node': '24.13.0',
  jest: '30.5.2',
  'jest-environment-jsdom': '30.5.2',
  mocha: '12.0.3',
  'ts-jest': '29.4.15',
  typescript: '5.9.3',
  vitest: '5.1.2',
} as const;

/** Packages at the versions that are tried, as npm takes them. */
export function tools(...names: (keyof typeof TOOLS)[]): string[] {
  return names.map((name) => `${name}@${TOOLS[name]}`);
}
