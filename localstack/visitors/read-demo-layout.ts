/**
 * `npx tsx localstack/visitors/read-demo-layout.ts`: opens the built demo site in a real browser and writes down where its
 * elements are, under the snippet's own keys, for the simulated visitors. Run it again when the demo site has changed.
 */
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Page } from 'playwright-core';
import type { Device } from '../../functions/contract/record.ts';
import { launchBrowser } from '../browser.ts';
import { demoSite } from '../embedded/front.ts';
import type { DemoElement, DemoLayout, DemoPages } from './demo-layout.ts';

const root = join(import.meta.dirname, '..', '..');
const paths = [
  '/',
  '/article.html',
  '/shop',
  '/shop/product/1',
  '/shop/product/3',
  '/shop/product/6',
  '/signup.html',
  '/docs.html',
];
const screens: Record<Device, { width: number; height: number }> = {
  desktop: { width: 1280, height: 800 },
  tablet: { width: 834, height: 1112 },
  mobile: { width: 390, height: 844 },
};
const sections = 'header,nav,main,section,article,aside,footer,form,dialog,body';

/** The page script: the snippet's key code, and a function that lists what it names. */
async function pageScript(): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `import { elementKey, elementLabel, isClickable } from './snippet/element-key.ts';
        const seen = (element) => { const box = element.getBoundingClientRect();
          return box.width > 0 && box.height > 0 && { key: elementKey(element), label: elementLabel(element) ?? '',
            x: Math.max(0, Math.round(box.left + scrollX)), y: Math.max(0, Math.round(box.top + scrollY)),
            width: Math.round(box.width), height: Math.round(box.height), clickable: isClickable(element) }; };
        const list = (elements) => [...new Map(elements.map(seen).filter(Boolean).map((one) => [one.key, one])).values()];
        globalThis.readLayout = () => ({ height: document.documentElement.scrollHeight,
          elements: list([...document.querySelectorAll('body *')].filter(isClickable)),
          sections: list([...document.querySelectorAll('${sections}')]) });`,
      resolveDir: root,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'iife',
  });
  return outputFiles[0]?.text ?? '';
}

async function layoutOf(page: Page, device: Device, script: string): Promise<DemoLayout> {
  await page.evaluate(script);
  const read = (await page.evaluate('readLayout()')) as {
    height: number;
    elements: DemoElement[];
    sections: DemoElement[];
  };
  const { width, height } = screens[device];
  return { viewportWidth: width, viewportHeight: height, ...read };
}

async function main(): Promise<void> {
  const serve = demoSite(join(root, 'dist'), 'about:blank');
  const site = createServer((request, response) => void serve(request, response));
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve));
  const address = site.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const [browser, script] = await Promise.all([launchBrowser(), pageScript()]);
  const pages: DemoPages = {};
  for (const path of paths) {
    const layouts: Partial<Record<Device, DemoLayout>> = {};
    let title = '';
    for (const device of Object.keys(screens) as Device[]) {
      const page = await browser.newPage({ viewport: screens[device] });
      await page.goto(origin + path, { waitUntil: 'load' });
      title = await page.title();
      layouts[device] = await layoutOf(page, device, script);
      await page.close();
    }
    pages[path] = { title, layouts: layouts as Record<Device, DemoLayout> };
    console.log(`${path}: ${layouts.desktop?.elements.length} elements, ${layouts.desktop?.sections.length} sections`);
  }
  writeFileSync(join(import.meta.dirname, 'demo-layout.json'), `${JSON.stringify(pages)}\n`);
  await browser.close();
  site.close();
}

await main();
