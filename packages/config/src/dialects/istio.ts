import { below, type Place } from '../document/place.ts';
import type { BreakerData, FileData } from '../own/data.ts';
import { plain } from '../values/nearest.ts';
import type { Dialect } from './dialect.ts';
import { dataOf, policyOf } from './istio-policy.ts';
import { readPorts, readRule } from './istio-rule.ts';
import { httpPoolTable, istioOutlierTable, specTable, tcpPoolTable, trafficTable } from './istio-tables.ts';

/** Istio's DestinationRules, of any version, one or many in a file; or only the traffic policy of one. */
export const istio: Dialect = {
  name: 'istio',
  title: 'DestinationRules of Istio',
  beside: 'says nothing about a breaker',
  tables: {
    spec: specTable,
    trafficPolicy: trafficTable,
    outlierDetection: istioOutlierTable,
    'connectionPool.http': httpPoolTable,
    'connectionPool.tcp': tcpPoolTable,
  },
  fits: (root) => rulesIn(root).length > 0 || policyIn(root) !== undefined,
  read(documents, account, { name }): FileData {
    const breakers: Record<string, BreakerData> = {};
    let unnamed: BreakerData | undefined;
    for (const root of documents) {
      for (const rule of rulesIn(root)) readRule(rule, account, breakers);
      const policy = policyIn(root);
      if (policy) {
        unnamed = dataOf(policyOf(policy, account), account);
        breakers[name] = unnamed;
        readPorts(name, policy, account, breakers);
      }
    }
    return { breakers, ...(unnamed && { defaults: unnamed }) };
  },
};

/** The DestinationRules in a document: itself, or those of a list. */
function rulesIn(root: Place): readonly Place[] {
  if (plain(String(root.entries?.get('kind')?.value ?? '')) === 'destinationrule') return [root];
  return root.entries?.get('items')?.items?.flatMap(rulesIn) ?? [];
}

/** Fields of outlier detection that Istio has and Envoy has not. */
const SIGNS = ['consecutive5xxErrors', 'consecutiveGatewayErrors', 'consecutiveErrors', 'minHealthPercent'];

/** A traffic policy without a rule around it. */
function policyIn(root: Place): Place | undefined {
  if (root.entries?.has('kind') || root.entries?.has('apiVersion')) return undefined;
  const policy = root.entries?.get('trafficPolicy');
  if (policy?.entries) return policy;
  const detection = root.entries?.get('outlierDetection');
  const isIstio = detection && below(detection).some(({ key }) => SIGNS.includes(key));
  return isIstio || root.entries?.has('connectionPool') ? root : undefined;
}
