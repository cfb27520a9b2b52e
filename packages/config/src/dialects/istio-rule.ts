import type { Account } from '../document/account.ts';
import type { Place } from '../document/place.ts';
import type { BreakerData } from '../own/data.ts';
import { text, whole } from '../values/codec.ts';
import { dataOf, type Policy, policyOf } from './istio-policy.ts';
import { specTable, trafficTable } from './istio-tables.ts';
import { Section } from './section.ts';

/** Reads a DestinationRule: a breaker for the host, and one for each subset and port that has settings of its own. */
export function readRule(rule: Place, account: Account, breakers: Record<string, BreakerData>): void {
  for (const key of ['apiVersion', 'kind']) {
    const said = rule.entries?.get(key);
    if (said) account.carry(said);
  }
  const metadata = rule.entries?.get('metadata');
  if (metadata) account.note(metadata, 'not carried', 'the breaker has the name of the host');
  const place = rule.entries?.get('spec');
  if (!place) {
    account.problem(rule, 'a DestinationRule must have a spec');
    return;
  }
  const spec = new Section(place, account, specTable);
  const host = spec.read('host', text);
  if (host === undefined) {
    if (!spec.at('host')) spec.problem('host', 'must have a host: the name of the service');
    return;
  }
  if (Object.hasOwn(breakers, host)) {
    spec.note('trafficPolicy', 'not carried', 'an earlier rule has this host, and Istio takes its policy');
    spec.note('subsets', 'not carried', 'an earlier rule has this host');
    spec.rest('the spec of a DestinationRule');
    return;
  }
  const top = policyOf(spec.at('trafficPolicy'), account);
  const data = dataOf(top, account);
  // A rule that only has subsets or ports says nothing about the service as a whole.
  if (Object.keys(data).length > 0 || !hasParts(spec)) breakers[host] = data;
  readPorts(host, spec.at('trafficPolicy'), account, breakers);
  for (const subset of spec.items('subsets')) readSubset(host, subset, top, account, breakers);
  spec.rest('the spec of a DestinationRule');
}

function hasParts(spec: Section): boolean {
  return spec.at('subsets') !== undefined || spec.at('trafficPolicy')?.entries?.has('portLevelSettings') === true;
}

function readSubset(
  host: string,
  place: Place,
  top: Policy,
  account: Account,
  breakers: Record<string, BreakerData>,
): void {
  const subset = new Section(place, account, {
    name: ['carried', 'a part of the name'],
    labels: ['not carried', 'which pods belong to it, the mesh knows'],
  });
  const name = subset.read('name', text);
  if (name === undefined) {
    if (!subset.at('name')) subset.problem('name', 'must have a name');
    return;
  }
  const own = policyOf(subset.at('trafficPolicy'), account);
  const full = `${host}/${name}`;
  breakers[full] = dataOf({ ...top, ...own }, account);
  readPorts(full, subset.at('trafficPolicy'), account, breakers);
  subset.rest('a subset');
}

/** A port has its own settings only: what it leaves out has the defaults, as in Istio. */
export function readPorts(
  name: string,
  policy: Place | undefined,
  account: Account,
  breakers: Record<string, BreakerData>,
): void {
  if (!policy?.entries) return;
  const of = new Section(policy, account, trafficTable);
  for (const place of of.items('portLevelSettings')) {
    const own = new Section(place, account, trafficTable);
    const number = own.section('port', { number: ['carried', 'a part of the name'] })?.read('number', whole());
    breakers[`${name}:${number}`] = dataOf(policyOf(place, account), account);
    own.rest('a traffic policy');
  }
  of.rest('a traffic policy');
}
