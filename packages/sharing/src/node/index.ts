export { clusterBus, relayReports } from './cluster-bus.ts';
