/** The Nodes that are tried, each the newest of its line, except for the oldest that is supported. */
export const NODES = ['20.0.0', '20.20.2', '22.23.5', '24.22.3', '26.12.1'] as const;

/** The Node that runs the tools of other kinds. */
export const NODE = '24.22.3';

/** The oldest TypeScript that is supported, and each minor version since. */
export const TYPESCRIPTS = ['5.4.5', '5.5.4', '5.6.3', '5.7.3', '5.8.3', '5.9.3', '6.0.3', '7.0.2'] as const;

const TOOLS = {
  '@rollup/plugin-commonjs': '29.0.3',
  '@rollup/plugin-node-resolve': '16.0.3',
  '@types/jest': '30.0.0',
  '@types/node': '24.13.0',
  '@types/react': '19.3.3',
  bun: '1.4.5',
  deno: '2.9.6',
  esbuild: '0.28.2',
  jest: '30.5.2',
  'jest-environment-jsdom': '30.5.2',
  mocha: '12.0.3',
  next: '16.4.6',
  parcel: '2.16.4',
  react: '19.3.1',
  'react-dom': '19.3.1',
  'reflect-metadata': '0.2.2',
  rollup: '4.68.8',
  rxjs: '7.8.2',
  'ts-jest': '29.4.15',
  typescript: '5.9.3',
  vite: '8.4.0',
  vitest: '5.1.2',
  webpack: '5.113.0',
  'webpack-cli': '7.3.1',
  wrangler: '4.164.0',
} as const;

/** Packages at the versions that are tried, as npm takes them. */
export function tools(...names: (keyof typeof TOOLS)[]): string[] {
  return names.map((name) => `${name}@${TOOLS[name]}`);
}

/** Nest's packages of the oldest version that is supported and of the newest of each major, which do not all have the same number. */
export const NEST = {
  '11.0': [
    '@nestjs/axios@4.0.0',
    '@nestjs/common@11.0.0',
    '@nestjs/core@11.0.0',
    '@nestjs/platform-express@11.0.0',
    '@nestjs/testing@11.0.0',
  ],
  11: [
    '@nestjs/axios@4.0.1',
    '@nestjs/common@11.2.10',
    '@nestjs/core@11.2.10',
    '@nestjs/platform-express@11.2.10',
    '@nestjs/testing@11.2.6',
  ],
  12: [
    '@nestjs/axios@12.0.1',
    '@nestjs/common@12.5.1',
    '@nestjs/core@12.5.1',
    '@nestjs/platform-express@12.5.1',
    '@nestjs/testing@12.1.1',
  ],
} as const;
