import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationOf } from '../../cdk/configuration.ts';

const head = `# Settings

Made by \`npm run docs\` from \`cdk/configuration.ts\`; a test fails when it is no longer true. They stand in the context of \`cdk.json\`, are
given for one time by \`npm run deploy -- -c name=value\`, and are properties of the construct \`SitePulse\`.

| setting | default | what it does |
|---|---|---|
`;

/** `docs/settings.md`: each setting with its default as the code has it, and what its comment says. */
export function settingsPage(): string {
  const source = readFileSync(join(import.meta.dirname, '../../cdk/configuration.ts'), 'utf8');
  const fields = source.slice(source.indexOf('export interface Configuration {')).split('\n}\n')[0] ?? '';
  const comments = new Map(
    [...fields.matchAll(/ {2}\/\*\*\n(.*?) {3}\*\/\n {2}(\w+): /gs)].map(([, comment = '', name = '']) => [
      name,
      comment,
    ]),
  );
  const rows = Object.entries(configurationOf({})).map(([name, value]) => {
    const comment = comments.get(name);
    if (!comment) throw new Error(`cdk/configuration.ts says nothing of ${name}`);
    const text = comment
      .replaceAll(/^ *\* ?/gm, '')
      .replaceAll(/\s+/g, ' ')
      .split('@default')[0]
      ?.trim();
    const otherwise = value === '' ? '' : `\`${value}\``;
    return `| \`${name}\` | ${otherwise} | ${text?.replaceAll('|', '\\|')} |`;
  });
  return `${head}${rows.join('\n')}\n`;
}
