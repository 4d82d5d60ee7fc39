import { build } from 'esbuild';
import { beforeEach, expect, test } from 'vitest';
import { freshStage } from '../fresh-stage.ts';

const at = freshStage();

/** The file as the capture function injects it. */
async function injected(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['snippet/element-key.ts'],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'elementKeys',
    logLevel: 'warning',
  });
  return outputFiles?.[0]?.text ?? '';
}

beforeEach(async () => {
  await at.page.goto('about:blank');
  await at.page.addScriptTag({ content: await injected() });
});

/** What the element with `data-it` is called in this body. */
async function keyIn(body: string): Promise<string> {
  return at.page.evaluate((text) => {
    document.body.innerHTML = text;
    return (
      window as unknown as { elementKeys: typeof import('../../../../snippet/element-key.ts') }
    ).elementKeys.elementKey(document.querySelector('[data-it]') as Element);
  }, body);
}

test.each([
  ['its own id', '<p id="buy" data-it></p>', '#buy'],
  ['a test id', '<p data-testid="buy" data-it></p>', '[data-testid="buy"]'],
  ['its way from the nearest name', '<div id="plans"><p></p><p><b data-it></b></p></div>', '#plans>p:2>b'],
  ['its way from the body', '<main><p></p></main><main><a></a><p data-it></p></main>', 'main:2>p'],
  ['the body', '<p></p>', 'body'],
])('an element is called by %s', async (_, body, key) => {
  if (key === 'body') await at.page.evaluate(() => document.body.setAttribute('data-it', ''));
  expect(await keyIn(body)).toBe(key);
});

test.each([
  ['has digits, as generated ones do', '<div id="r1a2"><p data-it></p></div>', 'div>p'],
  ['several elements bear', '<p data-testid="card"></p><p data-testid="card" data-it></p>', 'p:2'],
  ['would break a selector', '<p id="a&quot;b" data-it></p>', 'p'],
])('a name that %s is passed over', async (_, body, key) => {
  expect(await keyIn(body)).toBe(key);
});

test('the key stays when a sibling of another type comes before, or one of its own type after', async () => {
  const before = await keyIn('<main><p data-it></p></main>');
  expect(await keyIn('<main><h1></h1><div></div><p data-it></p><p></p></main>')).toBe(before);
});

test('a long way keeps its end, at most 200 characters', async () => {
  const key = await keyIn(`${'<custom-element><p></p>'.repeat(30)}<b data-it></b>`);
  expect(key).toHaveLength(200);
  expect(key).toMatch(/custom-element>b$/);
});

test('labels come from links, buttons and headings only, in one short line', async () => {
  const labels = await at.page.evaluate(() => {
    document.body.innerHTML = `<a href="#">  Read
      more </a><button aria-label="Close"><svg></svg></button><h2>Plans</h2><p>Private</p><input value="secret"><a>${'x'.repeat(99)}</a>
      <a style="display: flex"><span>North</span><span>€12.<b>50</b></span><span hidden>Sold out</span></a>`;
    const { elementLabel } = (window as unknown as { elementKeys: typeof import('../../../../snippet/element-key.ts') })
      .elementKeys;
    return [...document.body.children].map(elementLabel);
  });
  expect(labels).toEqual(['Read more', 'Close', 'Plans', '', '', 'x'.repeat(60), 'North €12.50']);
});
