export { reasonOf, stoppedBefore } from '../call/abort.ts';
export type { GivenSignal } from '../contract/options.ts';
export { type Branch, branchesOf, findBehind, isObject, read, readText } from '../foreign/branches.ts';
export { ask, notify, type Reporter, reportTo } from '../foreign/hook.ts';
export { classifyBranches, isFailure, rulingBrought } from '../foreign/ruling.ts';
export { classifyNetworkBranch, rulingOfAnswer } from '../http/classify-network-error.ts';
export { chosenBreaker } from './chosen-breaker.ts';
