/**
 * Publishes tarballs as `npm publish` does, by npm's own code, to the services on loopback whose address is the first
 * argument. Prints one line of JSON for each tarball. In a process of its own, because npm reads at import where it runs.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createPackageFromTarballData } from '@arethetypeswrong/core';

interface Options {
  readonly registry: string;
  readonly access: string | null;
  readonly provenance?: boolean;
  readonly fulcioURL: string;
  readonly rekorURL: string;
  readonly retry: number;
  readonly forceAuth: { readonly token: string };
}

const require = createRequire(import.meta.url);
const { publish } = require('libnpmpublish') as {
  publish(manifest: object, tarball: Buffer, options: Options): Promise<unknown>;
};

const [services = '', ...tarballs] = process.argv.slice(2);

for (const tarball of tarballs) {
  const bytes = readFileSync(tarball);
  const packed = createPackageFromTarballData(bytes);
  const manifest = JSON.parse(packed.readFile(`/node_modules/${packed.packageName}/package.json`)) as {
    readonly publishConfig?: Partial<Options>;
  };
  const options: Options = {
    // What the command has where nothing is configured.
    access: null,
    ...manifest.publishConfig,
    registry: services,
    fulcioURL: services,
    rekorURL: services,
    retry: 0,
    forceAuth: { token: 'granted' },
  };
  const refused = await publish(manifest, bytes, options).then(
    () => undefined,
    (error: Error) => error.message,
  );
  console.log(JSON.stringify({ name: packed.packageName, refused }));
}
