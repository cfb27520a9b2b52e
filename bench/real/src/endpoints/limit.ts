/** Milliseconds within which a request must be answered. */
export const LIMIT = 1_000;
