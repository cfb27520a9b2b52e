import { nuisances } from './nuisances.ts';
import { outages } from './outages.ts';
import { overloads } from './overloads.ts';
import { type Plot, scenariosOf } from './plot.ts';
import type { Scenario } from './scenario.ts';

/** All plots, by what one would wish of a breaker. */
export const plots: readonly Plot[] = [...outages, ...overloads, ...nuisances];

/** All cells: each plot at each of its traffics. */
export const catalogue: readonly Scenario[] = plots.flatMap(scenariosOf);
