/**
 * Projects cells onto a surface. Cells are fractions of their element's box, so they land where the element stands on the
 * picture, whatever it looked like to the visitor. An element that the picture lacks falls back to its last seen box.
 */
import type { Box, CaptureElement, CapturePicture } from '../../functions/contract/answer.ts';
import { fractionOf } from '../../functions/contract/element-grid.ts';
import type { Device } from '../../functions/contract/record.ts';
import { type ElementCounts, type HeatElement, noCounts } from './element-heat.ts';
import { type Placing, placeIn } from './placing.ts';

/** A place on the surface, in its px. */
export interface Spot {
  x: number;
  y: number;
  value: number;
}

/** Its box is null where it could not be placed. */
export interface PlacedElement extends Placing {
  key: string;
  label: string;
  clickable: boolean;
  counts: ElementCounts;
}

export interface HeatmapView {
  /** Size of the surface, in px of the page. */
  width: number;
  height: number;
  spots: Spot[];
  /** What is drawn: clicks, or ms of rest. */
  total: number;
  /** The drawn and the not drawn by how they were placed. */
  placed: { exact: number; fallback: number; none: number };
  elements: PlacedElement[];
}

/** The width at which captures are taken, and how a sheet is drawn where there is none. */
export const surfaceWidth: Record<Device, number> = { desktop: 1280, tablet: 834, mobile: 390 };
/** A sheet is at least one screen high, and never so high that a wrong box blows it up. */
export const sheetHeightMin = 800;
export const sheetHeightMax = 12_000;

export function heatmapView(
  elements: readonly HeatElement[],
  capture: CapturePicture | null,
  device: Device,
): HeatmapView {
  const width = capture?.width ?? surfaceWidth[device];
  const height = capture?.height ?? sheetHeight(elements, width);
  const known = new Map<string, CaptureElement>();
  for (const element of capture?.elements ?? []) if (!known.has(element.key)) known.set(element.key, element);

  const spots: Spot[] = [];
  const placed = { exact: 0, fallback: 0, none: 0 };
  const list: PlacedElement[] = [];
  for (const element of elements) {
    const onPicture = known.get(element.key);
    const lastSeen = scaledBox(element, width);
    const box = usable(onPicture?.box ?? lastSeen, width, height);
    const placing: Placing = { box, exact: onPicture !== undefined && box !== null, ...cutOf(onPicture, lastSeen) };
    for (const [cell, value] of element.cells) {
      const place = placeIn(placing, { x: fractionOf(Math.floor(cell / 4096)), y: fractionOf(cell % 4096) });
      placed[place === null ? 'none' : place.exact ? 'exact' : 'fallback'] += value;
      if (place) spots.push({ x: place.x, y: place.y, value });
    }
    const { key, counts } = element;
    const label = element.label || onPicture?.label || '';
    list.push({ key, label, clickable: element.clickable || onPicture?.clickable === true, counts, ...placing });
    known.delete(key);
  }
  list.push(...untouched(known.values(), width, height));
  return { width, height, spots, total: placed.exact + placed.fallback, placed, elements: list };
}

/** What could have been clicked and was not is part of the picture, too. */
function untouched(elements: Iterable<CaptureElement>, width: number, height: number): PlacedElement[] {
  return [...elements].flatMap((element) => {
    const { key, label, clickable } = element;
    const box = clickable ? usable(element.box, width, height) : null;
    return box ? [{ key, label, clickable, counts: noCounts, box, exact: true, ...cutOf(element, null) }] : [];
  });
}

function cutOf(element: CaptureElement | undefined, lastSeen: Box | null): Pick<Placing, 'cut'> {
  return element?.window ? { cut: { window: element.window, lastSeen } } : {};
}

/** The last seen box, brought to the surface's width. Heights stay: text that wraps otherwise can't be guessed. */
function scaledBox({ box, viewportWidth }: HeatElement, width: number): Box | null {
  if (!box) return null;
  const scale = viewportWidth > 0 ? width / viewportWidth : 1;
  return [box[0] * scale, box[1], box[2] * scale, box[3]];
}

/** Null for a box without size, or one that begins outside the surface. */
function usable(box: Box | null, surfaceW: number, surfaceH: number): Box | null {
  if (!box) return null;
  const [x, y, width, height] = box;
  if (width <= 0 || height <= 0 || x >= surfaceW || y >= surfaceH || x + width <= 0 || y + height <= 0) return null;
  return box;
}

function sheetHeight(elements: readonly HeatElement[], width: number): number {
  let bottom = sheetHeightMin;
  for (const element of elements) {
    const box = scaledBox(element, width);
    if (box) bottom = Math.max(bottom, box[1] + box[3]);
  }
  return Math.min(sheetHeightMax, Math.ceil(bottom));
}
