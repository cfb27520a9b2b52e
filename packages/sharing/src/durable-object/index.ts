export { BreakerHub, type HubQuestion, type HubState } from './breaker-hub.ts';
export type { HubNamespace } from './hub-client.ts';
export { hubMailbox } from './hub-mailbox.ts';
export { hubRegister } from './hub-register.ts';
