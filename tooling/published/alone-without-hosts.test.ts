import { readRepository } from '../src/repository/read-repository.ts';
import { publicPackages } from '../src/repository/workspace.ts';
import { installedAlone } from './installed-alone.ts';

installedAlone(publicPackages(readRepository()).filter(({ manifest }) => !manifest.peerDependencies));
