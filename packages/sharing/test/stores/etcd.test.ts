import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { describeRegister } from '@switchgear/testkit';
import { etcdOrSkip, type StoreServer, startEtcd } from '@switchgear/testkit/stores';
import * as vitest from 'vitest';
import { afterAll, beforeAll, describe } from 'vitest';
import type { Register } from '../../src/index.ts';

const executable = etcdOrSkip();

/** The program in the guide, as its reader sees it. */
async function registerOfTheGuide(): Promise<(url: string) => Register> {
  const guide = readFileSync(new URL('../../../../docs/guides/etcd.md', import.meta.url), 'utf8');
  const [, program = ''] = /```ts\n(.*?)```/s.exec(guide) ?? [];
  const file = new URL('../../.cache/etcd-register.ts', import.meta.url);
  mkdirSync(new URL('.', file), { recursive: true });
  writeFileSync(file, `${program}\nexport { etcdRegister };\n`);
  const { etcdRegister } = await import(file.href);
  return etcdRegister;
}

describe.skipIf(executable === undefined)('the register of the guide, over etcd', async () => {
  const etcdRegister = await registerOfTheGuide();
  let server: StoreServer;

  beforeAll(async () => {
    server = await startEtcd(executable as string);
  });
  afterAll(() => server?.stop());

  describeRegister('etcdRegister', () => etcdRegister(`http://127.0.0.1:${server.port}`), vitest, {
    meanwhile: { 'its server is killed with -9 and started again': () => server.restart() },
  });
});
