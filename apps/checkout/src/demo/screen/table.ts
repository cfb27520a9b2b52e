/** No lines around and between the cells of a table: they would take half of a small terminal. */
export const NO_LINES: Readonly<Record<string, string>> = Object.fromEntries(
  ['top', 'mid', 'bottom', 'left', 'right'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part) => [`${side}${part}`, '']),
  ),
);
