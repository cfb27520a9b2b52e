import { requireSame } from './expectations.ts';
import type { RegisterUnderTest, WrittenUnderTest } from './history/register-under-test.ts';

/** For how long values are needed: a month of milliseconds, the longest that sharing asks for. */
const TTL = 30 * 24 * 3_600_000;
/** Characters that some store gives a meaning. */
const ODD = 'a.b/c:d*e>f%g_h[i]{j}\\k \'l\' "ünïcödé" \u{1f50c} ';

type Rule = (
  register: RegisterUnderTest,
  key: string,
  make: () => RegisterUnderTest | Promise<RegisterUnderTest>,
) => Promise<void>;

/** What every register does: a name, and a test with a new register, a new key, and a way to make more members. */
export const registerRules: Readonly<Record<string, Rule>> = {
  async 'writes what is expected to be absent, and reads it'(register, key) {
    const written = await won(register, key, undefined, 'one');
    const found = await register.read(key);
    requireSame('the keys that are read', [...found.keys()], [key]);
    requireSame('what is read', contentOf(found.get(key)), contentOf(written));
  },

  async 'replaces the expected version, and refuses any other and says what is there'(register, key, make) {
    const other = await make();
    const one = await won(register, key, undefined, 'one');
    await refused(other, key, undefined, one);
    const two = await won(other, key, one.version, 'two');
    await refused(register, key, one.version, two);
    await refused(register, key, undefined, two);
  },

  async 'refuses what expects a version of an absent key'(register, key) {
    const { version } = await won(register, `${key}other`, undefined, 'one');
    const { won: isWon, now } = await register.swap(key, version, 'two', TTL);
    requireSame('a swap of what is not there', [isWon, now], [false, undefined]);
  },

  async 'gives each writing another version, also if the value is the same'(register, key) {
    const versions = new Set<string>();
    let last: string | undefined;
    for (let i = 0; i < 5; i++) {
      last = (await won(register, key, last, 'same')).version;
      versions.add(last);
    }
    requireSame('how many versions five writings have', versions.size, 5);
  },

  async 'gives no version again after it has forgotten a key'(register, key) {
    const first = await register.swap(key, undefined, 'one', 20);
    // A register need not forget. Then the next swap replaces what is there.
    let found = (await register.read(key)).get(key);
    for (let i = 0; i < 20 && found; i++) {
      await pause();
      found = (await register.read(key)).get(key);
    }
    const { version } = await won(register, key, found?.version, 'two');
    requireSame('whether a version came again', version === first.now?.version, false);
  },

  async 'reads all keys that begin so, and no other'(register, key) {
    const ours = [`${key}${ODD}1`, `${key}${ODD}2`, `${key}${ODD}${'x'.repeat(500)}`];
    for (const each of [...ours, `${key}another`]) await won(register, each, undefined, `value of ${each}`);
    const found = await register.read(`${key}${ODD}`);
    requireSame('the keys that are read', [...found.keys()].sort(), [...ours].sort());
    for (const each of ours) requireSame('a value that is read', found.get(each)?.value, `value of ${each}`);
    requireSame('how many keys begin with none', (await register.read(`${key}none`)).size, 0);
  },

  async 'keeps a value of any characters and of 4,000 bytes'(register, key) {
    const value = `${ODD}\n\t${'x'.repeat(3_900)}`;
    const written = await won(register, key, undefined, value);
    requireSame('what is read', contentOf((await register.read(key)).get(key)), contentOf(written));
  },

  async 'says an age that grows while a version stands, and begins anew with the next'(register, key) {
    const { version } = await won(register, key, undefined, 'one');
    let age = 0;
    while (age < 20) {
      age = (await register.read(key)).get(key)?.age ?? Number.NaN;
      requireSame('whether an age is one', age >= 0, true);
    }
    const next = await won(register, key, version, 'two');
    requireSame('whether a new version is younger', next.age < age, true);
  },

  async 'tells a watcher of changes by others until it stops watching, if it can be watched'(register, key, make) {
    if (!register.watch) return;
    const other = await make();
    const heard = new Set<string>();
    const stop = register.watch(key, (which, written) => heard.add(`${which}=${written?.value}`));
    // Watching may begin late, but from then on no last change is left out.
    const version = await changeUntilHeard(other, `${key}1`, heard);
    await won(other, `${key}1`, version, 'last');
    while (!heard.has(`${key}1=last`)) await pause();
    stop();
    const before = heard.size;
    const later = new Set<string>();
    const stopAgain = register.watch(key, (which, written) => later.add(`${which}=${written?.value}`));
    await changeUntilHeard(other, `${key}2`, later);
    stopAgain();
    requireSame('how much a watcher hears that has stopped', heard.size, before);
  },
};

function contentOf(written: WrittenUnderTest | undefined): [string | undefined, string | undefined] {
  return [written?.version, written?.value];
}

/** Requires a swap to win. */
async function won(
  register: RegisterUnderTest,
  key: string,
  expected: string | undefined,
  value: string,
): Promise<WrittenUnderTest> {
  const { won: isWon, now } = await register.swap(key, expected, value, TTL);
  requireSame('whether a swap of the present version won, and what is there now', [isWon, now?.value], [true, value]);
  return now as WrittenUnderTest;
}

/** Requires a swap to be refused, because this stands there. */
async function refused(
  register: RegisterUnderTest,
  key: string,
  expected: string | undefined,
  there: WrittenUnderTest,
): Promise<void> {
  const { won: isWon, now } = await register.swap(key, expected, 'refused', TTL);
  requireSame('a swap of another version', [isWon, ...contentOf(now)], [false, ...contentOf(there)]);
}

/** Changes a key again and again until one change is heard. Returns the last version. */
async function changeUntilHeard(
  register: RegisterUnderTest,
  key: string,
  heard: ReadonlySet<string>,
): Promise<string | undefined> {
  let version: string | undefined;
  for (let i = 0; ![...heard].some((change) => change.startsWith(key)); i++) {
    version = (await won(register, key, version, String(i))).version;
    await pause();
  }
  return version;
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 10));
}
