import type { BatchObservableCallback, Meter, Observable } from '@opentelemetry/api';
import type { State } from '@switchgear/core';
import type { AllSeries } from '../numbers/all-series.ts';
import { ATTRIBUTE, spelled } from '../numbers/attributes.ts';
import type { Series } from '../numbers/series.ts';

/** The part of a `Sharing` of `@switchgear/sharing` that is measured. */
export interface ObservedSharing {
  report(): {
    readonly group: string;
    readonly instances: number;
    readonly sent: number;
    readonly received: number;
    readonly dropped: number;
    readonly circuits: readonly {
      readonly breaker: string;
      readonly isItUs: boolean;
      readonly dissents: number;
      readonly told: readonly { readonly state: State }[];
    }[];
  };
}

/** What the others say of the breakers of one name. Who says it is not told apart: lives are new at each start. */
interface Said {
  readonly states: Map<State, number>;
  isItUs: number;
  dissents: number;
}

/**
 * Measures what breakers know of each other, on instruments of its own, because few programs share breakers.
 *
 * @returns a function that ends it
 */
export function measureSharing(sharing: ObservedSharing, meter: Meter, all: AllSeries): () => void {
  const instruments = createInstruments(meter);
  const read: BatchObservableCallback = (result) => {
    const { group, instances, circuits, ...counts } = sharing.report();
    const grouped = { [ATTRIBUTE.group]: group };
    result.observe(instruments.instances, instances, grouped);
    for (const what of ['sent', 'received', 'dropped'] as const) {
      result.observe(instruments.reports, counts[what], { ...grouped, [ATTRIBUTE.report]: what });
    }
    for (const [{ named }, { states, isItUs, dissents }] of saidOf(circuits, all)) {
      for (const [state, number] of states) {
        result.observe(instruments.others, number, { ...named, [ATTRIBUTE.state]: spelled(state) });
      }
      result.observe(instruments.isItUs, isItUs, named);
      result.observe(instruments.dissents, dissents, named);
    }
  };
  const observables: Observable[] = Object.values(instruments);
  meter.addBatchObservableCallback(read, observables);
  return () => meter.removeBatchObservableCallback(read, observables);
}

function saidOf(
  circuits: ReturnType<ObservedSharing['report']>['circuits'],
  all: AllSeries,
): ReadonlyMap<Series, Said> {
  const said = new Map<Series, Said>();
  for (const { breaker, isItUs, dissents, told } of circuits) {
    const series = all.of(breaker);
    const states = new Map<State, number>([
      ['open', 0],
      ['half-open', 0],
    ]);
    const known = said.get(series) ?? { states, isItUs: 0, dissents: 0 };
    // Others that have nothing to say of a circuit have it closed, so closed ones cannot be counted.
    for (const { state } of told) {
      if (state !== 'closed') known.states.set(state, (known.states.get(state) ?? 0) + 1);
    }
    known.isItUs += Number(isItUs);
    known.dissents += dissents;
    said.set(series, known);
  }
  return said;
}

function createInstruments(meter: Meter) {
  return {
    instances: meter.createObservableGauge('circuit_breaker.sharing.instances', {
      description: 'Instances that share what they know, this one included: 1 if it is alone',
      unit: '{instance}',
    }),
    reports: meter.createObservableCounter('circuit_breaker.sharing.reports', {
      description: 'Reports sent, received, and dropped because they were invalid, too many or not signed',
      unit: '{report}',
    }),
    others: meter.createObservableGauge('circuit_breaker.sharing.others', {
      description: 'How many other instances say that their circuit of this name is in this state',
      unit: '{instance}',
    }),
    isItUs: meter.createObservableGauge('circuit_breaker.sharing.is_it_us', {
      description: 'How many circuits of this name are open here by own evidence and closed at most other instances',
      unit: '{breaker}',
    }),
    dissents: meter.createObservableCounter('circuit_breaker.sharing.dissents', {
      description: 'How often the others were not followed, because the last calls here went well',
      unit: '{dissent}',
    }),
  };
}
