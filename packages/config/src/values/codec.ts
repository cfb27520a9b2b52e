/** Reads a scalar of a file, and writes it as people would. */
export interface Codec<T> {
  /** Completes "must be …". */
  readonly what: string;

  /** The same for one value, where there is more to say about it. */
  ruleFor?(value: unknown): string | undefined;

  /** The value, or undefined if it is not one. */
  read(value: unknown): T | undefined;

  /** The value as it stands in a file of ours. */
  write(value: T): unknown;

  /** What a JSON Schema says about it. */
  readonly schema: Readonly<Record<string, unknown>>;
}

/** A whole number of at least `least`. */
export function whole(least: number = 1): Codec<number> {
  return {
    what: `a whole number of at least ${least}`,
    read: (value) => (Number.isSafeInteger(numeric(value)) && numeric(value) >= least ? numeric(value) : undefined),
    write: (value) => value,
    schema: { type: 'integer', minimum: least },
  };
}

/** A number of at least `least` and at most `most`. */
export function number(least: number, most: number = Infinity): Codec<number> {
  const what = most === Infinity ? `a number of at least ${least}` : `a number from ${least} to ${most}`;
  return {
    what,
    read: (value) => (numeric(value) >= least && numeric(value) <= most ? numeric(value) : undefined),
    write: (value) => value,
    schema: { type: 'number', minimum: least, ...(most < Infinity && { maximum: most }) },
  };
}

/** A number, or a text that is one: placeholders and properties give texts. NaN for anything else. */
export function numeric(value: unknown): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^\s*[-+]?(?:\d+\.?\d*|\.\d+)\s*$/.test(value) ? Number(value) : Number.NaN;
}

/** True or false. Also in the words of YAML 1.1, which Java reads. */
export const truth: Codec<boolean> = {
  what: 'true or false',
  read(value) {
    if (typeof value === 'boolean') return value;
    if (typeof value !== 'string') return undefined;
    if (/^(?:true|yes|on)$/i.test(value)) return true;
    return /^(?:false|no|off)$/i.test(value) ? false : undefined;
  },
  write: (value) => value,
  schema: { type: 'boolean' },
};

/** A text that is not empty. Numbers are taken for texts, because YAML does not ask for quotes. */
export const text: Codec<string> = {
  what: 'a text that is not empty',
  read: (value) => (typeof value === 'string' || typeof value === 'number' ? String(value) || undefined : undefined),
  write: (value) => value,
  schema: { type: ['string', 'number'] },
};

/** One of these words. Other spellings of case, dashes and underscores are taken too. */
export function oneOf<Word extends string>(...words: readonly Word[]): Codec<Word> {
  const plain = (word: string) => word.toLowerCase().replace(/[-_ ]/g, '');
  return {
    what: `one of ${words.join(', ')}`,
    read: (value) => words.find((word) => plain(word) === plain(String(value))),
    write: (value) => value,
    schema: { enum: words },
  };
}

/** Exactly `true`: a switch that is only ever switched on. */
export const on: Codec<true> = {
  what: 'true',
  read: (value) => (value === true ? true : undefined),
  write: (value) => value,
  schema: { const: true },
};
