import { expect, it } from 'vitest';
import { noCounts } from '../../../web/view/element-heat.ts';
import type { PlacedElement } from '../../../web/view/heatmap-view.ts';
import { schematic } from '../../../web/view/schematic.ts';

const element = (key: string, box: PlacedElement['box'], label = '', clickable = false): PlacedElement => ({
  ...{ key, box, label, clickable },
  counts: noCounts,
  exact: false,
});

it('a page without a picture is drawn from its boxes, the largest first, named where a name may be known', () => {
  const drawn = schematic([
    element('#buy', [10, 60, 100, 40], 'Buy', true),
    element('main', [0, 0, 800, 600]),
    element('p', [10, 110, 400, 48]),
    element('h1', [10, 10, 400, 40], 'Shoes'),
    element('header', [0, 5, 800, 60]),
    element('#menu', [10, 20, 30, 30], '', true),
    element('gone', null),
  ]);
  expect(drawn.map(({ key, kind, label }) => `${key} ${kind} ${label}`.trim())).toEqual([
    'main block',
    'header block',
    'p text',
    'h1 heading Shoes',
    '#buy action Buy',
    '#menu action',
  ]);
});
