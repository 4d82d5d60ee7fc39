import { describe, expect, it } from 'vitest';
import { cellOf } from '../../../../functions/contract/element-grid.ts';
import { everywhere, placedOf, project, type Rect, type Showing } from '../../../../snippet/overlay/projection.ts';

const rect = (left: number, top: number, width: number, height: number): Rect => ({
  left,
  top,
  right: left + width,
  bottom: top + height,
});
const cell = (x: number, y: number) => cellOf(x) * 4096 + cellOf(y);
const heated = (key: string, ...cells: [x: number, y: number, value: number][]) => ({
  key,
  cells: new Map(cells.map(([x, y, value]) => [cell(x, y), value])),
});
const page = (boxes: Record<string, Showing>) => (key: string) => boxes[key] ?? null;
const whole = (box: Rect): Showing => ({ box, clip: everywhere });

describe('the projection', () => {
  it('puts a cell at its share of the box, wherever and however large the box is now', () => {
    const elements = [heated('#buy', [0.25, 0.5, 3])];
    expect(project(elements, page({ '#buy': whole(rect(100, 200, 80, 40)) }))).toEqual([{ x: 120, y: 220, value: 3 }]);
    expect(project(elements, page({ '#buy': whole(rect(-10, 900, 400, 20)) }))).toEqual([{ x: 90, y: 910, value: 3 }]);
  });

  it('puts nothing where an element is not shown', () => {
    expect(project([heated('#gone', [0.5, 0.5, 3])], page({}))).toEqual([]);
  });

  it('leaves out what the scroll container around it hides', () => {
    const elements = [heated('li', [0.5, 0.25, 1], [0.5, 0.75, 2])];
    const half = { box: rect(0, 0, 100, 100), clip: rect(0, 50, 100, 200) };
    expect(project(elements, page({ li: half })).map(({ value }) => value)).toEqual([2]);
    const scrolledAway = { box: rect(0, 0, 100, 100), clip: rect(0, 150, 100, 200) };
    expect(project(elements, page({ li: scrolledAway }))).toEqual([]);
  });

  it('leaves out what is not in the frame', () => {
    const elements = [heated('a', [0.5, 0.5, 1]), heated('b', [0.5, 0.5, 2])];
    const boxes = page({ a: whole(rect(0, 0, 10, 10)), b: whole(rect(0, 5_000, 10, 10)) });
    expect(project(elements, boxes, rect(0, 0, 1280, 800)).map(({ value }) => value)).toEqual([1]);
    expect(project(elements, boxes)).toHaveLength(2);
  });

  it('says how much of all that was counted has a place', () => {
    const elements = [heated('a', [0.1, 0.1, 4], [0.9, 0.9, 1]), heated('b', [0.5, 0.5, 7])];
    expect(placedOf(elements, page({ a: whole(rect(0, 0, 10, 10)) }))).toEqual({ placed: 5, total: 12 });
    expect(placedOf([], page({}))).toEqual({ placed: 0, total: 0 });
  });
});
