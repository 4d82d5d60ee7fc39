import {
  elementKeyLengthMax,
  elementsPerBatchMax,
  labelLengthMax,
  pixelsMax,
  type WireElement,
} from '../contract/event.ts';
import { boundedNumber, boundedText, describeValue, exactInteger } from '../stream/bounded.ts';
import { type Checked, rejection } from './rejection.ts';

export function decodeElements(value: unknown, pageCount: number): Checked<WireElement[]> {
  if (!Array.isArray(value)) return rejection('bad-elements', `e is ${describeValue(value)}, not a list`);
  if (value.length > elementsPerBatchMax) {
    return rejection('too-many-elements', `e has ${value.length} elements; at most ${elementsPerBatchMax} are taken`);
  }
  const elements: WireElement[] = [];
  for (const [index, one] of value.entries()) {
    const element = decodeElement(one, pageCount);
    if (!element) {
      return rejection('bad-element', `element ${index} is not [page, key, label, x, y, width, height, clickable]`);
    }
    elements.push(element);
  }
  return { ok: true, value: elements };
}

function decodeElement(value: unknown, pageCount: number): WireElement | undefined {
  if (!Array.isArray(value) || value.length !== 8) return undefined;
  const [page, key, label, x, y, width, height, clickable] = value;
  if (exactInteger(page, 0, pageCount - 1) === undefined) return undefined;
  if (typeof key !== 'string' || key === '' || typeof label !== 'string') return undefined;
  const left = boundedNumber(x, -pixelsMax, pixelsMax);
  const top = boundedNumber(y, -pixelsMax, pixelsMax);
  const across = boundedNumber(width, 0, pixelsMax);
  const down = boundedNumber(height, 0, pixelsMax);
  if (left === undefined || top === undefined || across === undefined || down === undefined) return undefined;
  if (clickable !== 0 && clickable !== 1) return undefined;
  return [
    page,
    boundedText(key, elementKeyLengthMax),
    boundedText(label, labelLengthMax),
    left,
    top,
    across,
    down,
    clickable,
  ];
}
