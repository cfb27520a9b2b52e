/** What one member asked of a register, and what it was told. In one history no two swaps write the same value. */
export interface Operation {
  /** When it was called, by a clock that all members share. A counter will do. */
  readonly called: number;

  /** When the answer came; `Infinity` if none did. A swap without an answer may have happened, may happen later, or never. */
  readonly answered: number;

  /** The value that a swap expected to find, and the one that it wrote if it won; nothing for a read. */
  readonly swap?: { readonly from: string | undefined; readonly to: string };

  /** Whether the swap won. */
  readonly won?: boolean;

  /** What is written now, by the answer. */
  readonly now?: { readonly version: string; readonly value: string } | undefined;
}
