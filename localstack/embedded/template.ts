import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fields } from './fields.ts';
import { resolve, type Scope, truth, type Value } from './intrinsics.ts';
import {
  account,
  assertKnown,
  attributeOf,
  partition,
  physicalName,
  referenceTo,
  region,
} from './resource-identity.ts';

export interface Resource {
  /** The logical id. */
  id: string;
  type: string;
  /** The physical name: what `Ref` gives. */
  name: string;
  /** Resolved. */
  properties: Fields;
}

/** A synthesised stack with everything worked out. */
export interface Template {
  /** Every resource of a type, in the template's order. */
  ofType(type: string): Resource[];
  /** The folder that holds the code of an asset, by the key it would have in S3. */
  assetFolder(objectKey: string): string;
}

interface Source {
  Parameters?: Record<string, { Default?: Value }>;
  Conditions?: Record<string, Value>;
  Resources: Record<
    string,
    { Type: string; Condition?: string; Properties?: Record<string, Value>; Metadata?: Record<string, Value> }
  >;
}
interface AssetManifest {
  files: Record<string, { source: { path: string }; destinations: Record<string, { objectKey: string }> }>;
}

/**
 * Reads `<stack>.template.json` and its asset manifest from a CDK assembly.
 * @throws Error that names what is missing, unknown or malformed.
 */
export function readTemplate(assembly: string, stack: string, parameters: Record<string, string>): Template {
  const source = JSON.parse(readFileSync(join(assembly, `${stack}.template.json`), 'utf8')) as Source;
  const assets = JSON.parse(readFileSync(join(assembly, `${stack}.assets.json`), 'utf8')) as AssetManifest;
  const folders = new Map<string, string>();
  for (const { source: asset, destinations } of Object.values(assets.files)) {
    for (const { objectKey } of Object.values(destinations)) folders.set(objectKey, join(assembly, asset.path));
  }
  const resources = resolveTemplate(source, stack, parameters);
  return {
    ofType: (type) => resources.filter((resource) => resource.type === type),
    assetFolder(objectKey) {
      const folder = folders.get(objectKey);
      if (!folder) throw new Error(`the asset manifest of ${stack} has no ${objectKey}`);
      return folder;
    },
  };
}

/** @throws Error for a resource type, parameter, reference or attribute that is not known. */
export function resolveTemplate(source: Source, stack: string, parameters: Record<string, string>): Resource[] {
  const names = new Map<string, string>();
  for (const [id, { Type, Properties = {}, Metadata = {} }] of Object.entries(source.Resources)) {
    const name = physicalName(id, Type, Properties, String(Metadata['aws:cdk:path'] ?? ''));
    const taken = [...names].some(([other, named]) => named === name && source.Resources[other]?.Type === Type);
    names.set(id, taken ? id : name);
  }
  for (const name of Object.keys(parameters)) {
    if (!source.Parameters?.[name]) throw new Error(`the template of ${stack} has no parameter ${name}`);
  }
  const scope = scopeOf(source, stack, parameters, names);
  const present = Object.entries(source.Resources).filter(
    ([, { Condition }]) => !Condition || scope.condition(Condition),
  );
  for (const [id, { Type }] of present) assertKnown(Type, id);
  return present.map(([id, { Type, Properties = {} }]) => ({
    id,
    type: Type,
    name: names.get(id) ?? id,
    properties: new Fields(id, resolve(Properties, scope)),
  }));
}

function scopeOf(source: Source, stack: string, parameters: Record<string, string>, names: Map<string, string>): Scope {
  const pseudo: Record<string, string> = {
    'AWS::AccountId': account,
    'AWS::Region': region,
    'AWS::Partition': partition,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stack,
    'AWS::StackId': `arn:${partition}:cloudformation:${region}:${account}:stack/${stack}/embedded`,
  };
  const scope: Scope = {
    reference(name) {
      const value = pseudo[name] ?? parameters[name] ?? source.Parameters?.[name]?.Default;
      if (value !== undefined) return value;
      const type = source.Resources[name]?.Type;
      const physical = names.get(name);
      if (type === undefined || physical === undefined) throw new Error(`Ref to ${name}, which ${stack} does not have`);
      return referenceTo(type, physical);
    },
    attribute(resource, attribute) {
      const type = source.Resources[resource]?.Type;
      const physical = names.get(resource);
      if (type === undefined || physical === undefined) {
        throw new Error(`Fn::GetAtt of ${resource}, which ${stack} does not have`);
      }
      return attributeOf(type, physical, attribute);
    },
    condition(name) {
      const condition = source.Conditions?.[name];
      if (condition === undefined) throw new Error(`the template of ${stack} has no condition ${name}`);
      return truth(condition, scope);
    },
  };
  return scope;
}
