import type { Page } from 'playwright-core';

export interface Painted {
  /** How many px of heat are not transparent. */
  count: number;
  /** Their middle, weighted by how opaque they are, in px of the page that is drawn. */
  x: number;
  y: number;
  /** The hottest: its colour where it is most opaque. */
  hottest: [red: number, green: number, blue: number];
}

/** What stands on the canvases of the map, read from the canvases themselves. */
export async function painted(page: Page): Promise<Painted> {
  return page.evaluate(() => {
    const surface = document.querySelector<HTMLElement>('[data-testid="heatmap-canvas"]');
    const scale = Number(surface?.dataset.scale);
    const origin = surface?.getBoundingClientRect() ?? new DOMRect();
    const sum = { count: 0, weight: 0, x: 0, y: 0, most: 0, hottest: [0, 0, 0] as [number, number, number] };
    for (const canvas of surface?.querySelectorAll('canvas') ?? []) {
      const { left, top } = canvas.getBoundingClientRect();
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      for (let index = 0; index < data.length; index += 4) {
        const alpha = data[index + 3] ?? 0;
        if (alpha === 0) continue;
        const pixel = index / 4;
        sum.count++;
        sum.weight += alpha;
        sum.x += alpha * (left - origin.left + (pixel % canvas.width));
        sum.y += alpha * (top - origin.top + Math.floor(pixel / canvas.width));
        if (alpha <= sum.most) continue;
        sum.most = alpha;
        sum.hottest = [data[index] ?? 0, data[index + 1] ?? 0, data[index + 2] ?? 0];
      }
    }
    const { count, weight, x, y, hottest } = sum;
    return { count, x: x / weight / scale, y: y / weight / scale, hottest };
  });
}

export interface Png {
  width: number;
  height: number;
  /** Colours at the places asked for. */
  colors: [red: number, green: number, blue: number][];
}

/** Decodes a picture in the browser, and reads the px at `places`. */
export async function readPng(page: Page, png: Buffer, places: readonly [x: number, y: number][]): Promise<Png> {
  const source = `data:image/png;base64,${png.toString('base64')}`;
  return page.evaluate(
    async ({ source, places }) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = image.naturalWidth;
      canvas.height = image.naturalHeight;
      const context = canvas.getContext('2d');
      context?.drawImage(image, 0, 0);
      const colors = places.map(([x, y]): [number, number, number] => {
        const [red = 0, green = 0, blue = 0] = context?.getImageData(x, y, 1, 1).data ?? [];
        return [red, green, blue];
      });
      return { width: canvas.width, height: canvas.height, colors };
    },
    { source, places: [...places] },
  );
}

export const isHot = ([red, , blue]: readonly number[]) => (red ?? 0) > (blue ?? 0) + 60;
export const isCold = ([red, , blue]: readonly number[]) => (blue ?? 0) > (red ?? 0) + 60;
