/**
 * What the heatmap page can show, one entry for each layer, in the order of the picker. A layer is drawn as heat made of cells,
 * as bands across the page, or as boxes of elements.
 */
import type { CellLayer } from '../../functions/contract/counter.ts';

export const layerGroups = ['Clicks', 'Pointer', 'Reading', 'Elements'] as const;

export interface LayerFacts {
  group: (typeof layerGroups)[number];
  label: string;
  /** One sentence for the reader. */
  about: string;
  drawn: 'cells' | 'bands' | 'boxes';
  /** What is asked of the API. Bands and boxes ask for clicks, too: elements and the picture come with them. */
  cells: CellLayer;
  unit: 'count' | 'ms' | 'share';
  /** What a colour measures, for the legend. */
  measure: string;
  /** What the sum of the map is of, in singular and plural. */
  nouns: [one: string, many: string];
  /** Radius of the brush in px of the page: the legend names it, since a colour is a sum over it. */
  brushPx: number;
  /** On a small screen the brush would vanish with the page. */
  brushScreenPxMin: number;
  /** The least end of the scale, so that the first click of a day is not red hot. */
  scaleEndMin: number;
}

const fine = { drawn: 'cells', unit: 'count', brushPx: 28, brushScreenPxMin: 11, scaleEndMin: 5 } as const;
const coarse = { brushPx: 44, brushScreenPxMin: 16 } as const;
const noBrush = { cells: 'click', brushPx: 0, brushScreenPxMin: 0 } as const;

export const layers = {
  click: {
    ...fine,
    group: 'Clicks',
    label: 'Clicks',
    about: 'Where people clicked or tapped.',
    cells: 'click',
    measure: 'Clicks',
    nouns: ['click', 'clicks'],
  },
  tap: {
    ...fine,
    group: 'Clicks',
    label: 'Taps',
    about:
      'Where people touched. An element that is both clicked and tapped shows its taps spread as all its clicks are.',
    cells: 'click',
    measure: 'Taps',
    nouns: ['tap', 'taps'],
  },
  rage: {
    ...fine,
    ...coarse,
    group: 'Clicks',
    label: 'Rage',
    about: 'Where people clicked three times or more within a second.',
    cells: 'rage',
    measure: 'Bursts of rage clicks',
    nouns: ['burst of rage clicks', 'bursts of rage clicks'],
    scaleEndMin: 2,
  },
  dead: {
    ...fine,
    ...coarse,
    group: 'Clicks',
    label: 'Dead',
    about: 'Clicks that nothing followed: no change of the page, no navigation, no scrolling.',
    cells: 'dead',
    measure: 'Dead clicks',
    nouns: ['dead click', 'dead clicks'],
    scaleEndMin: 2,
  },
  move: {
    ...fine,
    group: 'Pointer',
    label: 'Movement',
    about: 'Where the pointer rested: attention by time, not by distance.',
    cells: 'move',
    unit: 'ms',
    measure: 'Rest time',
    nouns: ['of rest', 'of rest'],
    brushPx: 60,
    brushScreenPxMin: 20,
    scaleEndMin: 5_000,
  },
  hover: {
    ...fine,
    ...coarse,
    group: 'Pointer',
    label: 'Hover',
    about: 'How long the pointer stayed over things that can be clicked.',
    cells: 'hover',
    unit: 'ms',
    measure: 'Hover time',
    nouns: ['of hovering', 'of hovering'],
    scaleEndMin: 2_000,
  },
  hesitation: {
    ...fine,
    ...coarse,
    group: 'Pointer',
    label: 'Hesitation',
    about: 'Where the pointer stayed for a second or more on something that can be clicked, and no click followed.',
    cells: 'hesitation',
    measure: 'Hesitations',
    nouns: ['hesitation', 'hesitations'],
    scaleEndMin: 3,
  },
  reach: {
    ...noBrush,
    group: 'Reading',
    label: 'Scroll reach',
    about: 'How many views came down to each part of the page.',
    drawn: 'bands',
    unit: 'share',
    measure: 'Views that had it on screen',
    nouns: ['view', 'views'],
    scaleEndMin: 1,
  },
  time: {
    ...noBrush,
    group: 'Reading',
    label: 'Time in view',
    about: 'How long each part of the page was on screen.',
    drawn: 'bands',
    unit: 'ms',
    measure: 'Time on screen, each 5% of the page',
    nouns: ['view', 'views'],
    scaleEndMin: 1_000,
  },
  underused: {
    ...noBrush,
    group: 'Elements',
    label: 'Under-used',
    about:
      'Links, buttons and fields that 50 views or more had on screen, and that were clicked or hovered in under 2% of them.',
    drawn: 'boxes',
    unit: 'count',
    measure: 'Views that had it on screen',
    nouns: ['element', 'elements'],
    scaleEndMin: 50,
  },
  field: {
    ...noBrush,
    group: 'Elements',
    label: 'Fields',
    about: 'Fields that people came to, coloured by how often they left the form there without sending it.',
    drawn: 'boxes',
    unit: 'count',
    measure: 'Forms left at this field',
    nouns: ['field', 'fields'],
    scaleEndMin: 3,
  },
} as const satisfies Record<string, LayerFacts>;

export type Layer = keyof typeof layers;
export const layerNames = Object.keys(layers) as Layer[];

/** The layer's entry, as any layer's. */
export function factsOf(layer: Layer): LayerFacts {
  return layers[layer];
}

export function isLayer(text: string | null): text is Layer {
  return layerNames.some((name) => name === text);
}
