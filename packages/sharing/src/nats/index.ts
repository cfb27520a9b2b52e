export { type NatsConnection, natsBus } from './nats-bus.ts';
export { type NatsBucket, type NatsEntry, type NatsRequests, natsRegister } from './nats-register.ts';
