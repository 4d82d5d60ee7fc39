/** Drawing a heatmap in a real browser: from counters to the screen, and frames while a long page scrolls. */
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import { launchBrowser } from '../../localstack/browser.ts';
import { mendHeatmapJs } from '../../web/build.ts';
import { row, title } from './print.ts';

const drawRuns = 7;
/** Fast for a reader: 2,400 px a second at 60 frames. */
const scrollStepPx = 40;
const html =
  '<!doctype html><style>body{margin:0}.heat-tile{position:absolute;left:0}</style><div id="viewport" style="height:900px;overflow:auto"></div>';

interface Drawn {
  cells: number;
  placeMs: number[];
  drawMs: number[];
}

export async function benchHeatmap(): Promise<void> {
  const { outputFiles } = await build({
    entryPoints: [join(import.meta.dirname, 'heatmap-page.ts')],
    bundle: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    plugins: [mendHeatmapJs],
  });
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.setContent(html);
    await page.addScriptTag({ content: outputFiles[0]?.text ?? '' });
    title(`A heatmap of a page 20,000 px long, in Chromium ${browser.version()} without a GPU (load ${load()})`);
    row('frames of an empty page while it scrolls', frames(await scrolled(page)));
    for (const clicks of [100_000, 1_000_000]) {
      const drawn = (await page.evaluate(`heatmapBench.draw(${clicks}, ${drawRuns})`)) as Drawn;
      const name = `${clicks.toLocaleString('en-US')} clicks`;
      row(`${name}: place ${drawn.cells.toLocaleString('en-US')} cells`, spread(drawn.placeMs));
      row(`${name}: draw what is in sight`, spread(drawn.drawMs));
      row(`${name}: frames while it scrolls`, frames(await scrolled(page)));
    }
    for (const clicks of [100_000, 1_000_000]) {
      const gaps = (await page.evaluate(`heatmapBench.scrollUnderOverlay(${clicks}, ${scrollStepPx})`)) as number[];
      row(`${clicks.toLocaleString('en-US')} clicks on the page itself: frames`, frames(gaps));
    }
    row('load at the end', load());
  } finally {
    await browser.close();
  }
}

async function scrolled(page: Page): Promise<number[]> {
  return (await page.evaluate(`heatmapBench.scroll(${scrollStepPx})`)) as number[];
}

const load = () => (loadavg()[0] ?? 0).toFixed(1);
const at = (sorted: readonly number[], share: number) =>
  (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);

function spread(times: readonly number[]): string {
  const sorted = [...times].sort((a, b) => a - b);
  return `min ${at(sorted, 0)}, median ${at(sorted, 0.5)}, max ${at(sorted, 1)} ms`;
}

/** A frame is in time up to a quarter over a sixtieth of a second: the browser's own clock wavers. */
function frames(gaps: readonly number[]): string {
  const sorted = [...gaps].sort((a, b) => a - b);
  const inTime = sorted.filter((gap) => gap <= (1000 / 60) * 1.25).length;
  const share = ((100 * inTime) / sorted.length).toFixed(1);
  return `median ${at(sorted, 0.5)}, p95 ${at(sorted, 0.95)}, max ${at(sorted, 1)} ms; ${share} % in time`;
}
