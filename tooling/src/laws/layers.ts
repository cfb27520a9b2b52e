/**
 * The layers of core, lowest first: folders of `packages/core/src`. A file imports from its own folder and from the
 * rows below; folders of one row do not know each other. `docs/architecture.md` has the picture.
 */
export const layers: readonly (readonly string[])[] = [
  ['vocabulary'],
  ['window', 'vitals', 'foreign'],
  ['detector'],
  ['rules'], // each brings the detector that judges it over a window
  ['open-for', 'recover'], // probes are judged by a rule
  ['machine'],
  ['contract'], // what callers hold, and what they may ask for
  ['adaptive'], // the plugs of a breaker that is given none
  ['circuit'], // one circuit: what changes in it, and what it is asked and told
  ['call'], // one call through it: admitted, made, settled
  ['breaker'], // the front door
  ['registry', 'presets'],
  ['plain'], // the front doors without default plugs
];

/** Folders beside the layers, each with the only layers it may import. Nothing imports them. */
export const besides: Readonly<Record<string, readonly string[]>> = {
  testing: ['vocabulary'],
  // What happened, in words for people.
  explain: ['vocabulary', 'contract', 'circuit'],
  // What HTTP's own answers say about a dependency, for the adapters of its clients and servers.
  http: ['vocabulary', 'foreign'],
  // The kit of those who write adapters: one list of names.
  adapter: ['vocabulary', 'foreign', 'contract', 'circuit', 'call', 'breaker', 'http'],
};
