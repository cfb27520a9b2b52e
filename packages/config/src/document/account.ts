import { below, leavesOf, type Place, type Position, shownOf } from './place.ts';
import { type Problem, SettingsError } from './settings-error.ts';

/** How a value of a file was taken over: exactly, by something close to it, or not at all. */
export type Said = 'carried' | 'approximated' | 'not carried';

/** What became of one value of a file. */
export interface Note extends Partial<Position> {
  /** `resilience4j.circuitbreaker.instances.backendA.eventConsumerBufferSize` */
  readonly path: string;

  /** The value, as the file says it. */
  readonly value: string;

  readonly said: Said;

  /** Why it was not taken over exactly, and what to use instead; empty if it was. */
  readonly why: string;
}

/** Keeps account of a file: what became of each of its values, and what is wrong with it. */
export class Account {
  readonly file: string | undefined;
  readonly #problems: Problem[] = [];
  readonly #said = new Map<string, Note>();
  readonly #remarks = new Map<string, Note>();

  constructor(file: string | undefined) {
    this.file = file;
  }

  /** Notes that every value from here down was taken over exactly. What was said before stays said. */
  carry(place: Place): void {
    this.note(place, 'carried', '');
  }

  /** Notes what became of every value from here down, as far as nothing has been said yet. */
  note(place: Place, said: Said, why: string): void {
    for (const leaf of leavesOf(place)) {
      const id = identityOf(leaf);
      if (!this.#said.has(id)) this.#said.set(id, noteOf(leaf, said, why));
    }
  }

  /** Notes something about a section as a whole, beside what is said about its values. An empty one is a value itself. */
  remark(place: Place, said: Said, why: string): void {
    const note = noteOf(place, said, why);
    if (below(place).length === 0) this.#said.set(identityOf(place), note);
    else this.#remarks.set(`${identityOf(place)} ${why}`, note);
  }

  /** Whether something has been said about a value or anything below it. */
  knows(place: Place): boolean {
    for (const leaf of leavesOf(place)) if (this.#said.has(identityOf(leaf))) return true;
    return false;
  }

  /** Notes that a value is wrong. `what` begins with the value's name: `openFor must be …`. */
  problem(place: Place, what: string, at: Position | undefined = place.at): void {
    this.#problems.push({ file: this.file, path: place.path, what, ...at });
    this.note(place, 'not carried', what);
  }

  /** How many values are wrong so far. */
  get problems(): number {
    return this.#problems.length;
  }

  /** @throws {SettingsError} if anything is wrong */
  requireSound(): void {
    if (this.#problems.length === 0) return;
    const before = (one: Problem, other: Problem) =>
      (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0);
    throw new SettingsError([...this.#problems].sort(before));
  }

  /** Everything that was said, in the order of the text. */
  notes(): readonly Note[] {
    const all = [...this.#remarks.values(), ...this.#said.values()];
    return all.sort((one, other) => (one.line ?? 0) - (other.line ?? 0) || (one.column ?? 0) - (other.column ?? 0));
  }
}

/** What a leaf is known by. Importers copy places, but keep where they stand. */
function identityOf({ path, at }: Place): string {
  return `${path}@${at?.line}:${at?.column}`;
}

function noteOf(place: Place, said: Said, why: string): Note {
  return { path: place.path, value: shownOf(place), said, why, ...place.at };
}
