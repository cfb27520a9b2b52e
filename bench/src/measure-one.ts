import { QUICK, THOROUGH } from './measure/pace.ts';
import { allTables } from './tables/all-tables.ts';

// One table in a process of its own, so that the engine's optimisations for one table do not affect the next.
const [id, pace] = process.argv.slice(2);
const table = allTables.find((each) => each.id === id);
if (!table) throw new Error(`there is no table ${id}; there are ${allTables.map((each) => each.id).join(', ')}`);
const findings = await table.measure(pace === 'quick' ? QUICK : THOROUGH);
process.stdout.write(JSON.stringify(findings), () => process.exit());
