/**
 * A place: what one element's counters of one kind stand under, for one block of its box. Places share items (tiles), so each
 * must have a bound: how many counters it can ever have follows from its name alone, whatever box is sent with an event.
 *
 * A box is cut into as many blocks as it takes for a block to have at most 64 steps of clicks or moves (8 × 8, or 16 × 4 …); of
 * an element that is large both ways, 256. The numbers of steps are part of the name: a box of another size, if it has other
 * steps, leads to another place, and the cells of one place are those of one lattice.
 */
import { formatCell, formatDigit, parseCell, parseDigit } from './element-grid.ts';
import { clickSteps, moveSteps, snapTo, stepCounts, stepOf } from './element-step.ts';

/** `c`: clicks, rage, dead clicks and hovers, by hour. By day, `m`: moves; and, without cells, `f`: visits to a field, `p`: reading in a pane. */
export const placeGroups = ['c', 'm', 'f', 'p'] as const;
export type PlaceGroup = (typeof placeGroups)[number];

export interface Place {
  group: PlaceGroup;
  /** The element's key. */
  key: string;
  /** Steps of the whole box, each one of `stepCounts`. */
  across: number;
  down: number;
  /** Which block, counted from the left and from the top. */
  column: number;
  row: number;
}

/** Most steps of a block, and from how many steps a side is large (above 256 px: for both ways to measure). */
const blockSteps = 64;
const largeBlockSteps = 256;
const largeFrom: Record<PlaceGroup, number> = { c: 64, m: 5, f: 1, p: 1 };
/** All but clicks and moves is counted in cells of 4 × 4 steps. */
const coarseness = 4;

/** The place of a cell on a box of `width` × `height` px. */
export function placeOf(
  group: PlaceGroup,
  key: string,
  [col, row]: readonly [col: number, row: number],
  [width, height]: readonly [width: number, height: number],
): Place {
  const steps = group === 'c' ? clickSteps : moveSteps;
  const across = steps(width);
  const down = steps(height);
  const block = blockOf({ group, across, down });
  return {
    group,
    key,
    across,
    down,
    column: Math.floor(stepOf(across, col) / block.across),
    row: Math.floor(stepOf(down, row) / block.down),
  };
}

/** The place of a field or a pane: it has no cells, so its box does not matter. */
export function wholePlace(group: 'f' | 'p', key: string): Place {
  return { group, key, across: 1, down: 1, column: 0, row: 0 };
}

type Shape = Pick<Place, 'group' | 'across' | 'down'>;

/**
 * Steps of one block: the side that has more is halved until they are few enough. An odd side has seven steps at most, and then
 * there are few enough; of clicks, a side that was cut has eight or more.
 */
function blockOf({ group, across, down }: Shape): { across: number; down: number } {
  const most = Math.min(across, down) >= largeFrom[group] ? largeBlockSteps : blockSteps;
  const block = { across, down };
  while (block.across * block.down > most) {
    if (block.across > block.down) block.across /= 2;
    else block.down /= 2;
  }
  return block;
}

/** The cell that is counted for a click or a move. */
export function fineCell({ across, down }: Shape, col: number, row: number): [col: number, row: number] {
  return [snapTo(across, col), snapTo(down, row)];
}
/** The cell that is counted for a hover, a burst of rage or a dead click. It lies in one block, as that has a multiple of four steps where it was cut. */
export function coarseCell({ across, down }: Shape, col: number, row: number): [col: number, row: number] {
  return [snapTo(coarse(across), col), snapTo(coarse(down), row)];
}
const coarse = (steps: number) => Math.max(1, steps / coarseness);

/** How many cells a place can have: fine ones in one layer, coarse ones in each of four (rage, dead, hover, hesitation; a move has none); a field or a pane none. */
export function cellsMax(shape: Shape): { fine: number; coarse: number } {
  const { across, down } = blockOf(shape);
  if (shape.group === 'f' || shape.group === 'p') return { fine: 0, coarse: 0 };
  return { fine: across * down, coarse: shape.group === 'c' ? coarse(across) * coarse(down) : 0 };
}

/** Group, steps and block in seven characters, then the key. Inverse: `parsePlace`. */
export function formatPlace({ group, key, across, down, column, row }: Place): string {
  const steps = `${formatDigit(stepCounts.indexOf(across))}${formatDigit(stepCounts.indexOf(down))}`;
  return `${group}${steps}${formatCell(column)}${formatCell(row)}${key}`;
}
/** @throws RangeError when `name` is none that `formatPlace` writes. */
export function parsePlace(name: string): Place {
  const group = placeGroups.find((one) => one === name[0]);
  const across = stepCounts[parseDigit(name.slice(1, 2))];
  const down = stepCounts[parseDigit(name.slice(2, 3))];
  if (!group || !across || !down) throw new RangeError(`"${name}" is not a place`);
  return {
    group,
    across,
    down,
    column: parseCell(name.slice(3, 5)),
    row: parseCell(name.slice(5, 7)),
    key: name.slice(7),
  };
}
