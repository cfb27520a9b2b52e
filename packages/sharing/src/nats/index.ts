export { type NatsConnection, natsBus } from './nats-bus.ts';
export { type NatsBucket, type NatsEntry, natsRegister } from './nats-register.ts';
