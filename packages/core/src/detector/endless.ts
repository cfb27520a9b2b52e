/** As many successes as anybody will count between two failures: 2^30 - 1, the largest small integer on 32-bit engines. */
export const ENDLESS = 1_073_741_823;
