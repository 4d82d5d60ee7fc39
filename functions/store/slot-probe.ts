import { type AdmissionScope, slotsTriedMax } from '../contract/admission.ts';
import { nameId } from '../contract/name-id.ts';

/**
 * The slots that a name may take in a scope, in the order in which it tries them: a start and a step, both from the name's hash,
 * so that names which collide once part ways at the next try. The step is odd and the number of slots a power of two, so no
 * slot comes twice. Never changed: what has been admitted is found again by it.
 * @throws RangeError when the number of slots is not a power of two.
 */
export function slotsToTry({ slotCount }: AdmissionScope, name: string): number[] {
  if (slotCount < 1 || (slotCount & (slotCount - 1)) !== 0) {
    throw new RangeError(`a scope has a power of two of slots, not ${slotCount}`);
  }
  const id = nameId(name);
  const start = numberOf(id.slice(0, 4));
  const step = numberOf(id.slice(4, 8)) | 1;
  const slots: number[] = [];
  for (let attempt = 0; attempt < Math.min(slotsTriedMax, slotCount); attempt++) {
    slots.push((start + attempt * step) % slotCount);
  }
  return slots;
}

function numberOf(characters: string): number {
  let number = 0;
  for (const character of characters) number = (Math.imul(number, 31) + character.charCodeAt(0)) >>> 0;
  return number;
}
