import type { Account } from '../document/account.ts';
import { below, type Place } from '../document/place.ts';
import type { BreakerData, FileData } from '../own/data.ts';
import { text, whole } from '../values/codec.ts';
import { unitDuration } from '../values/duration.ts';
import { plain } from '../values/nearest.ts';
import type { Dialect } from './dialect.ts';
import { readOutliers } from './envoy-outliers.ts';
import {
  breakersTable,
  clusterTable,
  healthTable,
  outlierTable,
  retryBudgetTable,
  thresholdTable,
} from './envoy-tables.ts';
import { readPriorities } from './envoy-thresholds.ts';
import { Section } from './section.ts';

/** Clusters of Envoy: alone, in a list, in a bootstrap, or in a dump of what a control plane sent. */
export const envoy: Dialect = {
  name: 'envoy',
  title: 'clusters of Envoy',
  beside: 'not part of a cluster',
  tables: {
    outlier_detection: outlierTable,
    circuit_breakers: breakersTable,
    'circuit_breakers.thresholds[]': thresholdTable,
    retry_budget: retryBudgetTable,
    'health_checks[]': healthTable,
    cluster: clusterTable,
  },
  fits: (root) => isOutliers(root) || clustersIn(root).length > 0,
  read(documents, account, { name }): FileData {
    const breakers: Record<string, BreakerData> = {};
    let unnamed: BreakerData | undefined;
    for (const root of documents) {
      if (isOutliers(root)) unnamed ??= readOutliers(root, account);
      for (const cluster of isOutliers(root) ? [] : clustersIn(root)) {
        const own = nameIn(cluster);
        if (own === undefined ? unnamed : Object.hasOwn(breakers, own)) {
          account.note(cluster, 'not carried', 'an earlier cluster has the same name');
          continue;
        }
        const data = readCluster(cluster, account);
        if (own === undefined) unnamed = data;
        else breakers[own] = data;
      }
    }
    return unnamed ? { defaults: unnamed, breakers: { [name]: unnamed, ...breakers } } : { breakers };
  },
};

/** Whether a map is outlier detection itself, without a cluster around it. */
function isOutliers(place: Place): boolean {
  return ['consecutive5xx', 'baseejectiontime', 'maxejectionpercent', 'consecutivegatewayfailure'].some((name) =>
    has(place, name),
  );
}

function has(place: Place, name: string): boolean {
  return [...(place.entries?.keys() ?? [])].some((key) => plain(key) === name);
}

/** The maps that are clusters, however deep. */
function clustersIn(place: Place): readonly Place[] {
  return isCluster(place) ? [place] : below(place).flatMap(clustersIn);
}

function isCluster(place: Place): boolean {
  if (has(place, 'outlierdetection') || has(place, 'circuitbreakers'))
    return !has(place, 'apiversion') && !has(place, 'host');
  if (/\.Cluster$/.test(String(place.entries?.get('@type')?.value ?? ''))) return has(place, 'name');
  return has(place, 'name') && ['loadassignment', 'lbpolicy', 'connecttimeout'].some((name) => has(place, name));
}

function nameIn(place: Place): string | undefined {
  const name = [...(place.entries?.values() ?? [])].find(({ key }) => plain(key) === 'name')?.value;
  return name === undefined ? undefined : String(name);
}

function readCluster(place: Place, account: Account): BreakerData {
  const of = new Section(place, account, clusterTable);
  of.read('name', text);
  const outliers = of.at('outlier_detection');
  const limits = of.section('circuit_breakers', breakersTable);
  const data: BreakerData = {
    ...(outliers && readOutliers(outliers, account)),
    ...(limits && readPriorities(limits, account)),
    ...readHealth(of, account),
  };
  limits?.rest('circuit_breakers');
  if (!outliers)
    account.remark(place, 'approximated', 'has no outlier_detection, so the breaker has the defaults of this library');
  of.rest('a cluster', 'a setting of the proxy, not of a breaker');
  return data;
}

function readHealth(of: Section, account: Account): Pick<BreakerData, 'healthProbe'> {
  const [first, ...others] = of.items('health_checks');
  for (const place of others) account.note(place, 'not carried', 'one health check is carried, the first');
  if (!first) return {};
  const check = new Section(first, account, healthTable);
  const every = check.read('interval', unitDuration());
  const pingFor = check.read('timeout', unitDuration());
  const unhealthyAfter = check.read('unhealthy_threshold', whole());
  check.rest('a health check', 'a setting of the proxy, not of a ping');
  return {
    healthProbe: {
      ...(every !== undefined && { every }),
      ...(pingFor !== undefined && { pingFor }),
      ...(unhealthyAfter !== undefined && { unhealthyAfter }),
    },
  };
}
