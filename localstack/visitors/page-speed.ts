import { kind, type PulseEvent } from '../../functions/contract/event.ts';
import type { Device } from '../../functions/contract/record.ts';
import { Random } from './random.ts';

/** Web Vitals as a load on such a device might have them: slower on a phone; most pages hold still, some jump. Of chance of its own, by the load. */
export function vitalsOf(load: string, device: Device): PulseEvent {
  const random = new Random(Number.parseInt(load.slice(0, 8), 16));
  const isPhone = device === 'mobile';
  const lcp = Math.round(random.waiting(500, isPhone ? 2_300 : 1_500, 15_000));
  // Event Timing tells durations in steps of 8 ms.
  const inp = 8 * Math.round(random.waiting(16, isPhone ? 150 : 80, 2_000) / 8);
  const isSteady = random.chance(0.6);
  return [
    kind.vitals,
    0,
    0,
    lcp,
    random.chance(0.75) ? inp : null,
    isSteady ? 0 : Math.round(random.waiting(10, 700, 9_000)),
  ];
}
