import type { Observation } from './observe.ts';
import type { Theme } from './themes/fault.ts';
import { packages, peerOf, peers, versionOf } from './themes/peers.ts';
import { themes } from './themes.ts';

/** The page `docs/faults-of-others.md`: what was seen, theme by theme. */
export function pageOf(observations: readonly Observation[]): string {
  const date = new Date().toISOString().slice(0, 10);
  return `# Faults of others

<!-- Written by \`pnpm bench:faults\`; the texts are in bench/faults/src/themes. -->

Faults of other circuit breakers that you can run, for readers who choose or maintain one. Each row is a program of about ten
lines that uses only that package, in \`bench/faults/programs\`. All
${observations.length} were run on ${date} with Node ${process.versions.node} and the versions below.

\`\`\`text
npx -y pnpm@12.21.0 bench:faults
npx -y pnpm@12.21.0 bench:faults opossum/lost-probe
\`\`\`

The first command runs them all and writes this page. It fails if a program no longer prints what it should: then the fault is
fixed, and its row has to be removed. The second runs those whose name contains the argument. A single program runs by itself:
\`node bench/faults/programs/opossum/lost-probe-wedges.mjs\`.

This is a list of situations, not a ranking. We learned much of what is right from these packages, and several have served for
ten years. A package that is missing from a table may not have been tried. The last column says if the behaviour is intended, by
documentation or sources, or has a workaround. \`bench/faults/test/ours\` tests each theme with our breaker in every test run.

| package | version | faults below |
|---|---|---|
${peers.map((peer) => `| \`${packages[peer]}\` | ${versionOf(peer)} | ${observations.filter(({ fault }) => peerOf(fault.program) === peer).length} |`).join('\n')}

${themes.map((theme) => section(theme, observations)).join('\n\n')}
`;
}

function section(theme: Theme, observations: readonly Observation[]): string {
  const rows = theme.faults.map((fault) => row(observations.find((each) => each.fault === fault)));
  return `## ${theme.title}

${theme.scene}

What is right: ${theme.correct}

| package | what goes wrong | what the program prints | intended, or a workaround |
|---|---|---|---|
${rows.join('\n')}`;
}

function row(observation: Observation | undefined): string {
  if (!observation) throw new Error('a page without an observation of each fault');
  const { fault, printed } = observation;
  const link = `[${peerOf(fault.program)}](../bench/faults/programs/${fault.program}.mjs)`;
  return `| ${link} | ${fault.fault} | ${printed.replaceAll('|', '\\|').replaceAll('\n', ' ')} | ${fault.documented ?? ''} |`;
}
