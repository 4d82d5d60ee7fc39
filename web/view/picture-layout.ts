/** The measures of a map that is exported as a picture. In px of the picture. Pure. */

/** Browsers refuse larger canvases, some in silence: phones from 16.7 million px. */
export const picturePixelsMax = 16_000_000;
export const pictureSideMax = 16_000;

export const headHeight = 84;
export const legendHeight = 76;

export interface PictureLayout {
  width: number;
  height: number;
  /** Of the map alone, below the head. */
  mapWidth: number;
  mapHeight: number;
  /** Px of the picture per px of the page: 1, unless that would be too large. */
  scale: number;
}

/** Narrow maps still get a legend that can be read. */
const widthMin = 480;

/** The whole of a surface with head and legend, as large as the page or as large as may be. */
export function pictureLayout(surface: { width: number; height: number }): PictureLayout {
  const frame = headHeight + legendHeight;
  const bySide = Math.min(pictureSideMax / surface.width, (pictureSideMax - frame) / surface.height);
  // Area: (w s)(h s) + (w s) frame ≤ max, solved for s; a narrow map is as wide as the least width.
  const [w, h] = [Math.max(surface.width, widthMin), surface.height];
  const byArea = (Math.sqrt((w * frame) ** 2 + 4 * w * h * picturePixelsMax) - w * frame) / (2 * w * h);
  const scale = Math.min(1, bySide, byArea);
  const mapWidth = Math.max(1, Math.floor(surface.width * scale));
  const mapHeight = Math.max(1, Math.floor(surface.height * scale));
  return { width: Math.max(widthMin, mapWidth), height: mapHeight + frame, mapWidth, mapHeight, scale };
}
