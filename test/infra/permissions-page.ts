import { type App, Validations } from 'aws-cdk-lib';
import type { Template } from 'aws-cdk-lib/assertions';
import { grantsOf, resourcesOf } from './synthesised.ts';

const head = `# What each function may do

Made by \`npm run docs\` from the template that \`npm run deploy\` brings to AWS; a test fails when it is no longer true. Each role belongs
to one function and can be taken on by Lambda alone. Nothing rests on a policy that AWS manages, and no action is a wildcard.
*Only* tells which items of a table, by partition key. Where a resource ends in \`*\`, the table below says why it can be named no closer.
`;

/** `docs/permissions.md`: every allowance of every role, and why each wildcard is there. */
export function permissionsPage(app: App, template: Template): string {
  const parts = Object.entries(grantsOf(template)).map(([role, lines]) => {
    const rows = byResource(lines).map(
      ({ resource, only, actions }) => `| \`${resource}\` | ${actions.join(', ')} | ${only} |`,
    );
    const uses = functionOf(template, role);
    return `## ${uses}\n\n| on | may | only |\n|---|---|---|\n${rows.join('\n')}\n`;
  });
  const reasons = wildcardsOf(app).map(([resource, reason]) => `| \`${resource}\` | ${reason} |`);
  const why = `## Why some resources end in a wildcard\n\n| resource | why |\n|---|---|\n${reasons.join('\n')}\n`;
  return [head, ...parts, why].join('\n');
}

interface Allowance {
  resource: string;
  only: string;
  actions: string[];
}

/** One row for all actions on the same items of the same resource. */
function byResource(lines: string[]): Allowance[] {
  const rows = new Map<string, Allowance>();
  for (const line of lines) {
    const [action = '', rest = ''] = line.split(' on ');
    const [, resource = '', keys] = /^(.*?)(?: \[(.*)\])?$/.exec(rest) ?? [];
    const row = rows.get(rest) ?? { resource: plain(resource), only: keysText(keys), actions: [] };
    row.actions.push(action);
    rows.set(rest, row);
  }
  return [...rows.values()].sort((a, b) => (a.resource + a.only < b.resource + b.only ? -1 : 1));
}

/** In a table a bar ends a cell, so it is escaped. */
const keysText = (keys: string | undefined): string =>
  keys
    ? keys
        .split(' ')
        .map((key) => `\`${key.replaceAll('|', '\\|')}\``)
        .join(' ')
    : '';

/** A resource as the page names it. */
export const plain = (resource: string): string =>
  resource.replaceAll(/<(\w+?)(?:\.Arn)?>/g, '$1').replaceAll(/<AWS::(\w+)>/g, '$1');

/** What the function says of itself. */
function functionOf(template: Template, role: string): string {
  const name = role.replace(/^<|Role>$/g, '');
  const found = Object.entries(resourcesOf(template, 'AWS::Lambda::Function')).find(([id]) =>
    id.startsWith(`${name}Function`),
  );
  return found ? `${name}: ${lowered(String(found[1].Properties.Description))}` : name;
}
const lowered = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);

/** Each wildcard that is explained beside its resource in `cdk/`. */
export function wildcardsOf(app: App): [resource: string, reason: string][] {
  const found = new Map<string, string>();
  for (const { node } of app.node.findAll()) {
    for (const { type, data } of node.metadata) {
      if (type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY) continue;
      for (const [id, reason] of Object.entries(data as Record<string, string>)) {
        const resource = /AwsSolutions-IAM5\[Resource::(.*)\]$/.exec(id)?.[1];
        if (resource) found.set(plain(withoutHashes(resource)), reason);
      }
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}
const withoutHashes = (text: string): string => text.replaceAll(/<(\w+?)[0-9A-F]{8}(\.\w+)?>/g, '<$1$2>');
