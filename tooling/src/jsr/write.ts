/** Writes the `jsr.json` of each package that goes to JSR. `pnpm run version` runs it, because versions have moved. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRepository, root } from '../repository/read-repository.ts';
import { jsrJson, jsrPackages } from './jsr-json.ts';

const repository = readRepository();
for (const each of jsrPackages(repository))
  writeFileSync(join(root, each.folder, 'jsr.json'), jsrJson(each, repository));
