import { expect, test } from 'vitest';
import { createRage } from '../../../snippet/capture/rage.ts';

function told(clicks: [at: number, x: number, y?: number][]): number[] {
  const burstOf = createRage();
  return clicks.map(([at, x, y = 0]) => burstOf({ timeStamp: at, clientX: x, clientY: y }));
}

test('the third click within a second, near the one before, begins a burst; each further one adds to it', () => {
  expect(
    told([
      [0, 0],
      [400, 20],
      [1_000, 40],
      [1_400, 60],
    ]),
  ).toEqual([0, 0, 3, 4]);
});

test('three clicks in more than a second are none', () => {
  expect(
    told([
      [0, 0],
      [500, 0],
      [1_001, 0],
    ]),
  ).toEqual([0, 0, 0]);
});

test('a click more than 30 px from the one before begins anew', () => {
  expect(
    told([
      [0, 0],
      [100, 31],
      [200, 31],
      [300, 31],
    ]),
  ).toEqual([0, 0, 0, 3]);
});

test('a burst ends with a pause, and the next is told from 3 again', () => {
  expect(
    told([
      [0, 0],
      [100, 0],
      [200, 0],
      [5_000, 0],
      [5_100, 0],
      [5_200, 0],
    ]),
  ).toEqual([0, 0, 3, 0, 0, 3]);
});
