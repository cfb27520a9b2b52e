import type { SharedCircuit } from '../circuit/shared-circuit.ts';
import type { SharedReport, SharingReport } from './events.ts';
import type { Group } from './group.ts';

/** A sharing as plain data. */
export function reportOf(
  { options, instances, circuits, peers }: Group,
  life: string,
  counts: Pick<SharingReport, 'sent' | 'received' | 'dropped'>,
): SharingReport {
  const reported = ({ name, breaker, isItUs, standing, doubt, appointed }: SharedCircuit): SharedReport => {
    const told = [...peers].flatMap((peer) => {
      const one = peer.circuits.get(name);
      return one ? [{ life: peer.life, state: one.state, ground: one.ground, rule: one.rule, age: one.age }] : [];
    });
    const { state, ground } = standing;
    const { dissents, isDissenting } = doubt;
    return { name, breaker: breaker.name, state, ground, isItUs, dissents, isDissenting, appointed: appointed(), told };
  };
  const { group } = options;
  return { group, life, instances, alone: instances === 1, ...counts, circuits: [...circuits.values()].map(reported) };
}
