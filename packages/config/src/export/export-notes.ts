import type { Said } from '../document/account.ts';
import { pathTo } from '../document/place.ts';

/** Something that another library or mesh cannot say as it is. */
export interface ExportNote {
  /** Where it stands in settings of ours: `payments.openWhen`. */
  readonly path: string;
  readonly said: Exclude<Said, 'carried'>;
  readonly why: string;
}

/** Takes down what was not carried exactly, for one breaker. */
export class ExportNotes {
  readonly #name: string;
  readonly #notes: ExportNote[];

  constructor(name: string, notes: ExportNote[]) {
    this.#name = name;
    this.#notes = notes;
  }

  add(option: string, said: ExportNote['said'], why: string): void {
    this.#notes.push({ path: pathTo(pathTo('', this.#name), option), said, why });
  }

  /** Notes each of these options that is set. */
  drop(data: object, why: Readonly<Record<string, string>>): void {
    for (const [option, reason] of Object.entries(why)) {
      if ((data as Readonly<Record<string, unknown>>)[option] !== undefined) this.add(option, 'not carried', reason);
    }
  }
}
