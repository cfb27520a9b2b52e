/** Plays one scene with one policy, and prints the figures: in a process of its own, so that no policy meets the heap of another. */
import { policies } from './policies/all-policies.ts';
import { scenes } from './scenes/all-scenes.ts';

const [id, name, seed] = process.argv.slice(2);
const scene = scenes.find((each) => each.id === id);
const policy = policies.find((each) => each.name === name);
if (!scene || !policy) throw new RangeError(`no scene ${id}, or no policy ${name}`);
console.log(JSON.stringify(await scene.play(policy, Number(seed))));
// opossum's timers would keep the process.
process.exit();
