import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { vi } from 'vitest';
import { readConfiguration } from '../../cdk/configuration.ts';
import { readContext } from '../../cdk/context.ts';
import { SitePulseStack } from '../../cdk/sitepulse-stack.ts';

// A synthesis takes a third of a second, and ten times that on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 60_000 });

export const functionNames = [
  'archive',
  'ingest',
  'process',
  'query',
  'socket',
  'capture',
  'capture-plan',
  'canary',
  'budget',
  'erase',
  'alerts',
  'forget',
] as const;
export type FunctionName = (typeof functionNames)[number];

/** Stand-ins for the bundles, so that the template can be tested without a build. */
export function assetRoot(names: readonly string[] = functionNames): string {
  const root = mkdtempSync(join(tmpdir(), 'sitepulse-infra-'));
  for (const name of names) {
    mkdirSync(join(root, name));
    writeFileSync(join(root, name, 'index.mjs'), `export const handler = () => ${JSON.stringify(name)};\n`);
  }
  return root;
}

export function appWith(context: Record<string, unknown> = {}): { app: App; stack: SitePulseStack } {
  const app = new App({ analyticsReporting: false, context: { ...readContext(), ...context } });
  const configuration = readConfiguration(app.node);
  return { app, stack: new SitePulseStack(app, 'SitePulse', { configuration, assetRoot: assetRoot() }) };
}

export function templateWith(context: Record<string, unknown> = {}): Template {
  return Template.fromStack(appWith(context).stack);
}

type Json = null | boolean | number | string | Json[] | { [name: string]: Json };
interface Resource {
  Type: string;
  Properties: Record<string, Json>;
  DeletionPolicy?: string;
  UpdateReplacePolicy?: string;
  DependsOn?: string | string[];
}

export function resourcesOf(template: Template, type: string): Record<string, Resource> {
  return template.findResources(type) as Record<string, Resource>;
}

/** An intrinsic as one text: `<Stream.Arn>/x*`. Hashes after logical ids are left out, so that expectations can be read. */
export function flat(value: unknown): string {
  if (typeof value === 'string') return value;
  const { Ref, 'Fn::GetAtt': attribute, 'Fn::Join': join } = (value ?? {}) as Record<string, unknown>;
  if (typeof Ref === 'string') return `<${plainId(Ref)}>`;
  if (Array.isArray(attribute)) return `<${plainId(String(attribute[0]))}.${attribute[1]}>`;
  if (Array.isArray(join)) return (join[1] as unknown[]).map(flat).join(String(join[0]));
  return JSON.stringify(value);
}

function plainId(logicalId: string): string {
  return logicalId.replace(/[0-9A-F]{8}$/, '');
}

/** Each function's allowances, one line each: `action on resource [partition keys]`, sorted. */
export function grantsOf(template: Template): Record<string, string[]> {
  const grants: Record<string, string[]> = {};
  for (const { Properties } of Object.values(resourcesOf(template, 'AWS::IAM::Policy'))) {
    const role = flat((Properties.Roles as unknown[])[0]);
    const { Statement } = Properties.PolicyDocument as unknown as { Statement: Statement[] };
    grants[role] = Statement.flatMap(linesOf).sort();
  }
  return grants;
}

interface Statement {
  Effect: string;
  Action: string | string[];
  Resource: unknown;
  Condition?: { 'ForAllValues:StringLike'?: { 'dynamodb:LeadingKeys': string[] } };
}

function linesOf({ Effect, Action, Resource, Condition }: Statement): string[] {
  const keys = Condition?.['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
  const actions = [Action].flat();
  const resources = Array.isArray(Resource) ? Resource : [Resource];
  const verb = Effect === 'Allow' ? '' : `${Effect} `;
  return actions.flatMap((action) =>
    resources.map((resource) => `${verb}${action} on ${flat(resource)}${keys ? ` [${keys.join(' ')}]` : ''}`),
  );
}
