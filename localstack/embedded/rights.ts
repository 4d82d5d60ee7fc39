import type { Fields } from './fields.ts';
import type { Value } from './intrinsics.ts';
import { nameInArn } from './resource-identity.ts';
import type { Resource, Template } from './template.ts';

/** One statement of a role's policies. In each text a star stands for anything. */
export interface Right {
  actions: string[];
  resources: string[];
  /** Of a table's items, those whose partition key is like one of these; null: all. */
  keys: string[] | null;
}

/**
 * What its role allows a function, by the template's own policies. Null: the template gives it no role.
 * @throws Error for a statement of a kind that is not known: passed over, it would allow too little.
 */
export function rightsOf(properties: Fields, template: Pick<Template, 'ofType'>): Right[] | null {
  if (!properties.has('Role')) return null;
  const role = nameInArn(properties.text('Role'));
  return template
    .ofType('AWS::IAM::Policy')
    .filter((policy) => policy.properties.texts('Roles').includes(role))
    .flatMap(statementsOf);
}

interface Statement {
  Effect?: Value;
  Action?: Value;
  Resource?: Value;
  Condition?: { [operator: string]: { [key: string]: Value } };
}

function statementsOf({ id, properties }: Resource): Right[] {
  const statements = properties.fields('PolicyDocument').list('Statement') as unknown as Statement[];
  return statements.map(({ Effect, Action = [], Resource: on = [], Condition = {} }) => {
    if (Effect !== 'Allow') throw new Error(`${id}: the embedded cloud knows statements that allow, not ${Effect}`);
    const keys = Condition['ForAllValues:StringLike']?.['dynamodb:LeadingKeys'];
    return { actions: textsIn(Action), resources: textsIn(on), keys: keys === undefined ? null : textsIn(keys) };
  });
}

const textsIn = (value: Value): string[] => (Array.isArray(value) ? value : [value]).map(String);
