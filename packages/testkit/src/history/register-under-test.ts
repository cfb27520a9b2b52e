/** A register of `@switchgear/sharing`, as far as its rules need it. */
export interface RegisterUnderTest {
  read(prefix: string): PromiseLike<ReadonlyMap<string, WrittenUnderTest>>;
  swap(key: string, expected: string | undefined, value: string, ttl: number): PromiseLike<SwappedUnderTest>;
  watch?(prefix: string, changed: (key: string, written: WrittenUnderTest | undefined) => void): () => void;
}

/** What is written at a key of such a register. */
export interface WrittenUnderTest {
  readonly version: string;
  readonly value: string;
  readonly age: number;
}

/** The answer to a swap. */
export interface SwappedUnderTest {
  readonly won: boolean;
  readonly now: WrittenUnderTest | undefined;
}
