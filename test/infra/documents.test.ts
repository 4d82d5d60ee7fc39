import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { diagramPage } from './diagram-page.ts';
import { permissionsPage, plain, wildcardsOf } from './permissions-page.ts';
import { settingsPage } from './settings-page.ts';
import { appWith, grantsOf } from './synthesised.ts';

const docs = join(import.meta.dirname, '../../docs');
const { app, stack } = appWith();
const template = Template.fromStack(stack);

/** Where one of these fails, the template has changed on purpose and its page has not: `npm run docs` writes them anew. */
describe('the pages that are made from the template (npm run docs)', () => {
  it('permissions.md is current', async () => {
    await expect(permissionsPage(app, template)).toMatchFileSnapshot(join(docs, 'permissions.md'));
  });

  it('diagram.md is current', async () => {
    await expect(diagramPage(template)).toMatchFileSnapshot(join(docs, 'diagram.md'));
  });

  it('settings.md is current', async () => {
    await expect(settingsPage()).toMatchFileSnapshot(join(docs, 'settings.md'));
  });

  it('says of each wildcard why it can be no narrower, and of nothing else', () => {
    const wide = Object.values(grantsOf(template))
      .flat()
      .map((line) => plain(line.replace(/ \[.*\]$/, '').split(' on ')[1] ?? ''))
      .filter((resource) => resource.includes('*'));
    expect(wildcardsOf(app).map(([resource]) => resource)).toEqual([...new Set(wide)].sort());
  });
});
