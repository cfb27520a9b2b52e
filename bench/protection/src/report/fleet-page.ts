import { textTable } from '@switchgear/bench/text-table';
import { fleets } from '../policies/fleet.ts';
import { cellsAt, type FleetResults, type PlayedFleet, ratioOf, transports } from '../results/fleets.ts';
import { cellOf } from '../scenarios/scenario.ts';
import { type Rows, shown } from './rows.ts';

/** A cell is worse with sharing if it costs this many times as much. Smaller differences are random. */
const WORSE = 1.02;

/** The page about fleets, written anew by each run. */
export function fleetPage(results: FleetResults, circumstances: readonly string[]): string {
  const { seed, outages, catalogue, partials } = results;
  const traffics = [...new Set(catalogue.map(({ scenario }) => scenario.traffic))];
  return `# What sharing is worth

<!-- Written by \`pnpm bench:protection --fleets\`. Change bench/protection/src, not this page. -->

${circumstances.map((line) => `- ${line}`).join('\n')}
- seed ${seed}

\`\`\`text
npx -y pnpm@12.21.0 bench:protection --fleets --seed ${seed}
\`\`\`

Fleets call a service that fails, in virtual time, as on [the page of one client](protection.md). \`20 x 0.2\` is 20 instances with 0.2
calls a second each. One call in a hundred fails at any time. Reports take 2 ms, at most one each 250 ms and instance.
The cost is 1 for a request without a useful answer, 0.25 for a failed call and 0.75 for a second of waiting, for 1,000 requests.

## Outages

A minute in which every call fails. How long until the median instance refuses, calls that failed meanwhile, how long until
requests are served again once it is over, and the cost.

${outages.map((played) => `\`${cellOf(played.scenario)}\`:\n\n${textTable(outageTable(played, ['none', 'oracle', ...fleets.map(({ name }) => name)]))}`).join('\n\n')}

${fleets.map(({ name, about }) => `- **${name}**: ${about}`).join('\n')}

## Worse buses

The first of these outages again.

${results.transports
  .map((played) =>
    textTable(
      outageTable(
        played,
        transports.map(({ name }) => name),
      ),
    ),
  )
  .join('\n\n')}

## Some instances only

A minute in which the first instances cannot reach the service and all others can. The last two columns are the share of
the requests that are refused meanwhile at the instances which can.

${textTable(partialTable(partials))}

## All scenarios

The cost of the default shared over that of the default alone, in all scenarios of the catalogue with a fleet in place of the client.

${textTable(ratioTable(catalogue, traffics))}

## Where sharing is worse

${worse([...catalogue, ...partials])}

## The herd

After an outage that leaves a cold cache all instances come back together. The most calls in a second after it, over what the
service could then do.

${textTable(herdTable(catalogue))}
`;
}

function outageTable({ figures }: PlayedFleet, names: readonly string[]): Rows {
  const rows = names.map((name) => {
    const { median = Number.NaN, wasted = Number.NaN, lag = Number.NaN, cost = Number.NaN } = figures[name] ?? {};
    return [name, shown(median / 1_000, 's'), shown(wasted), shown(lag / 1_000, 's'), shown(cost)];
  });
  return { columns: ['', 'noticed', 'failed calls', 'served again', 'cost'], rows };
}

function partialTable(played: FleetResults['partials']): Rows {
  const rows = played.map(({ scenario, story, figures }) => {
    const [alone, shared] = [figures['default alone'], figures['default shared']];
    const percent = (share: number | undefined) => shown(100 * (share ?? Number.NaN), '%');
    return [
      story,
      scenario.traffic,
      shown((shared?.cost ?? Number.NaN) / (alone?.cost ?? Number.NaN), 'x'),
      percent(alone?.refusedWell),
      percent(shared?.refusedWell),
    ];
  });
  return { columns: ['', 'fleet', 'cost, shared over alone', 'refused alone', 'refused shared'], rows };
}

function ratioTable(catalogue: readonly PlayedFleet[], traffics: readonly string[]): Rows {
  const rows = traffics.map((traffic) => {
    const cells = cellsAt(catalogue, traffic);
    const ratios = cells.map(ratioOf);
    const mean = Math.exp(ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0) / ratios.length);
    const [best, worst] = [Math.min(...ratios), Math.max(...ratios)];
    const at = (ratio: number) => cells[ratios.indexOf(ratio)]?.scenario.name ?? '';
    return [traffic, cells.length, shown(mean, 'x'), shown(best, 'x'), at(best), shown(worst, 'x'), at(worst)];
  });
  return { columns: ['fleet', 'scenarios', 'geometric mean', 'best', 'where', 'worst', 'where '], rows };
}

function worse(played: readonly PlayedFleet[]): string {
  const cells = played.filter((each) => ratioOf(each) > WORSE).sort((one, other) => ratioOf(other) - ratioOf(one));
  if (cells.length === 0) return `Nowhere by more than ${Math.round(100 * (WORSE - 1))} %.`;
  return cells.map((each) => `- \`${cellOf(each.scenario)}\`: ${shown(ratioOf(each), 'x')}`).join('\n');
}

function herdTable(catalogue: readonly PlayedFleet[]): Rows {
  const cells = catalogue.filter(({ scenario }) => /^cold-cache|^crash$/.test(scenario.name));
  const rows = cells.map(({ scenario, figures }) => [
    cellOf(scenario),
    shown(figures['default alone']?.peak ?? Number.NaN, 'x'),
    shown(figures['default shared']?.peak ?? Number.NaN, 'x'),
  ]);
  return { columns: ['', 'alone', 'shared'], rows };
}
