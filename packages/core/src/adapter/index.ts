export { type GivenSignal, stoppedBefore } from '../breaker/abort.ts';
export { type Branch, branchesOf, findBehind } from '../foreign/branches.ts';
export { ask, notify, type Reporter, reportTo } from '../foreign/hook.ts';
export { isObject, read, readText } from '../foreign/read.ts';
export { classifyBranches, rulingBrought } from '../foreign/ruling.ts';
export { rulingOfAnswer } from '../http/answer-behind.ts';
export { classifyNetworkBranch } from '../http/classify-network-error.ts';
export { reaches } from '../vocabulary/decimals.ts';
