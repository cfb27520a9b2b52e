export { type GivenSignal, reasonOf, stoppedBefore } from '../breaker/abort.ts';
export { chosenBreaker } from '../breaker/chosen-breaker.ts';
export { type Branch, branchesOf, findBehind } from '../foreign/branches.ts';
export { ask, notify, type Reporter, reportTo } from '../foreign/hook.ts';
export { isObject, read, readText } from '../foreign/read.ts';
export { classifyBranches, isFailure, rulingBrought } from '../foreign/ruling.ts';
export { rulingOfAnswer } from '../http/answer-behind.ts';
export { classifyNetworkBranch } from '../http/classify-network-error.ts';
