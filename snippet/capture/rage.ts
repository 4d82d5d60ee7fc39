import { distance, type Point } from './spot.ts';

const withinMs = 1_000;
const withinPx = 30;

type Click = Point & Pick<MouseEvent, 'timeStamp'>;

/**
 * Recognises clicks of rage: three within 1 s, each at most 30 px from the one before.
 * @returns told of each click, it answers how many the burst has so far; 0 when there is none
 */
export function createRage(): (click: Click) => number {
  let count = 0;
  let last: Click = { timeStamp: 0, clientX: 0, clientY: 0 };
  let lastButOne = last;
  return (click) => {
    const isFar = distance(last, click) > withinPx;
    // Each click of a burst has two before it in the same second; with the one before it may begin another.
    count = isFar ? 1 : click.timeStamp - lastButOne.timeStamp > withinMs ? 2 : count + 1;
    lastButOne = last;
    last = click;
    return count > 2 ? count : 0;
  };
}
