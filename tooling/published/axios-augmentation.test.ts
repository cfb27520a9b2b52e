import { renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { type EmptyProject, emptyProject } from '../src/published/empty-project.ts';
import { readRepository, root } from '../src/repository/read-repository.ts';
import { publicPackages } from '../src/repository/workspace.ts';

const folder = 'packages/axios';
const tarballs = inject('tarballs');
const { devDependencies = {} } =
  publicPackages(readRepository()).find((each) => each.folder === folder)?.manifest ?? {};

/** The oldest axios that the adapter is tested with, by its name in devDependencies. */
const OLDEST = 'axios-1.6';

/** What a request's config accepts as its breaker, and what it rejects. */
const CALLS = `
  client.get('/', { breaker: createBreaker({ name: 'search' }) });
  client.get('/', { breaker: false });
  // @ts-expect-error a name is not a breaker
  client.get('/', { breaker: 'search' });
  // @ts-expect-error unknown options are still rejected
  client.get('/', { braker: false });
  protectAxios(client, { breaker: (config) => config.breaker || undefined });
`;

const asModule = `
  import { createBreaker, protectAxios } from '@switchgear/axios';
  import axios from 'axios';
  const client = axios.create();
  ${CALLS}`;
const asCommonJs = `
  import switchgear = require('@switchgear/axios');
  import axios = require('axios');
  const { createBreaker, protectAxios } = switchgear;
  const client = axios.create();
  ${CALLS}`;

describe('the breaker in the config of a request', () => {
  let project: EmptyProject;
  beforeAll(() => {
    const hosts = ['axios', OLDEST].map((name) => `${name}@${devDependencies[name]}`);
    project = emptyProject([tarballs['packages/core'] ?? '', tarballs[folder] ?? '', ...hosts]);
    project.write('imported.mts', asModule);
    project.write('required.cts', asCommonJs);
    const compilerOptions = { strict: true, noEmit: true, target: 'ES2022', module: 'NodeNext', skipLibCheck: false };
    project.write('tsconfig.json', JSON.stringify({ compilerOptions, files: ['imported.mts', 'required.cts'] }));
  });
  afterAll(() => project?.[Symbol.dispose]());

  const compile = () => project.run(join(root, 'node_modules/.bin/tsc'), '-p', '.');

  it('is typed for import and for require with the newest axios', () => {
    expect(compile()).toBe('');
  });

  it('is typed for import and for require with the oldest axios', () => {
    const installed = (name: string) => join(project.folder, 'node_modules', name);
    rmSync(installed('axios'), { recursive: true });
    renameSync(installed(OLDEST), installed('axios'));
    expect(compile()).toBe('');
  });
});
