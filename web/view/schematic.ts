/** A page drawn from where visits saw its elements: what each box is shown as, where there is no picture. Pure. */
import type { Box } from '../../functions/contract/answer.ts';
import type { PlacedElement } from './heatmap-view.ts';

/** `action`: a link, a button, a field; `heading`: a name that is read; `text`: a line or so, masked; `block`: something larger. */
export type BoxKind = 'action' | 'heading' | 'text' | 'block';

export interface SchematicBox {
  key: string;
  box: Box;
  kind: BoxKind;
  /** Of links, buttons and headings only: nothing else of a page's text is ever recorded. */
  label: string;
}

/** A masked text is no higher than a few lines, and holds nothing. */
const textHeightMax = 96;

/** The largest first, so that what lies in another is drawn over it. */
export function schematic(elements: readonly PlacedElement[]): SchematicBox[] {
  const known = elements.flatMap((element) => (element.box ? [{ ...element, box: element.box }] : []));
  const holdsOthers = (box: Box) => known.some((other) => other.box !== box && holds(box, other.box));
  const kindOf = ({ label, clickable, box }: (typeof known)[number]): BoxKind => {
    if (clickable) return 'action';
    if (label) return 'heading';
    return box[3] <= textHeightMax && !holdsOthers(box) ? 'text' : 'block';
  };
  const boxes = known.map((element) => ({
    key: element.key,
    box: element.box,
    kind: kindOf(element),
    label: element.label,
  }));
  const area = ({ box }: SchematicBox) => box[2] * box[3];
  return boxes.sort((one, other) => area(other) - area(one));
}

function holds([x, y, width, height]: Box, [left, top, wide, high]: Box): boolean {
  return left >= x && top >= y && left + wide <= x + width && top + high <= y + height;
}
