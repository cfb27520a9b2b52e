import { readRepository } from '../src/repository/read-repository.ts';
import { publicPackages } from '../src/repository/workspace.ts';
import { installedAlone } from './installed-alone.ts';

// In two files, so that two cores share the installing.
installedAlone(publicPackages(readRepository()).filter(({ manifest }) => manifest.peerDependencies));
