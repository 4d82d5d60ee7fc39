/** Values as a template holds them, and what its intrinsic functions make of them. */
export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** What the intrinsic functions ask for. */
export interface Scope {
  /** A parameter's or pseudo parameter's value, or a resource's physical id. */
  reference(name: string): Value;
  attribute(resource: string, attribute: string): Value;
  condition(name: string): boolean;
}

type Intrinsic = (argument: Value, scope: Scope) => Value | undefined;

const intrinsics: Record<string, Intrinsic> = {
  Ref: (name, scope) => (name === 'AWS::NoValue' ? undefined : scope.reference(textOf(name, 'Ref'))),
  'Fn::GetAtt': (argument, scope) => {
    const [resource = '', ...rest] =
      typeof argument === 'string' ? argument.split('.') : textsOf(argument, 'Fn::GetAtt');
    return scope.attribute(resource, rest.join('.'));
  },
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [separator, parts] = pairOf(argument, 'Fn::Join');
    return textsOf(required(resolve(parts, scope), 'Fn::Join'), 'Fn::Join').join(textOf(separator, 'Fn::Join'));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, whole] = pairOf(argument, 'Fn::Split');
    return textOf(required(resolve(whole, scope), 'Fn::Split'), 'Fn::Split').split(textOf(separator, 'Fn::Split'));
  },
  'Fn::Select': (argument, scope) => {
    const [index, list] = pairOf(argument, 'Fn::Select');
    const values = resolve(list, scope);
    const chosen = Array.isArray(values) ? values[Number(resolve(index, scope))] : undefined;
    if (chosen === undefined) throw new Error(`Fn::Select finds nothing at ${JSON.stringify(argument)}`);
    return chosen;
  },
  'Fn::If': (argument, scope) => {
    const [name, yes, no] = listOf(argument, 'Fn::If');
    const branch = scope.condition(textOf(name ?? null, 'Fn::If')) ? yes : no;
    return branch === undefined ? undefined : resolve(branch, scope);
  },
  'Fn::Equals': (argument, scope) => {
    const [left, right] = pairOf(argument, 'Fn::Equals');
    return JSON.stringify(resolve(left, scope)) === JSON.stringify(resolve(right, scope));
  },
  'Fn::Not': (argument, scope) => !listOf(argument, 'Fn::Not').every((part) => truth(part, scope)),
  'Fn::And': (argument, scope) => listOf(argument, 'Fn::And').every((part) => truth(part, scope)),
  'Fn::Or': (argument, scope) => listOf(argument, 'Fn::Or').some((part) => truth(part, scope)),
  Condition: (name, scope) => scope.condition(textOf(name, 'Condition')),
};

/**
 * The value with every intrinsic function in it worked out; undefined where it is `AWS::NoValue`.
 * @throws Error that names an intrinsic function that is not known, or one that is malformed.
 */
export function resolve(value: Value, scope: Scope): Value | undefined {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((part) => resolve(part, scope)).filter((part) => part !== undefined);
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only) {
    const [name, argument] = only;
    const intrinsic = Object.hasOwn(intrinsics, name) ? intrinsics[name] : undefined;
    // `Condition` alone may also be a policy statement's key, whose value is an object.
    if (intrinsic && (name !== 'Condition' || typeof argument === 'string')) return intrinsic(argument, scope);
    if (name.startsWith('Fn::')) throw new Error(`the template uses ${name}, which the embedded cloud does not know`);
  }
  const resolved: { [key: string]: Value } = {};
  for (const [key, part] of entries) {
    const found = resolve(part, scope);
    if (found !== undefined) resolved[key] = found;
  }
  return resolved;
}

/** @throws Error when the condition does not come out as true or false. */
export function truth(condition: Value, scope: Scope): boolean {
  const found = resolve(condition, scope);
  if (typeof found !== 'boolean') throw new Error(`${JSON.stringify(condition)} is neither true nor false`);
  return found;
}

function substitute(argument: Value, scope: Scope): string {
  const [pattern, given] = typeof argument === 'string' ? [argument, {}] : pairOf(argument, 'Fn::Sub');
  const names = given !== null && typeof given === 'object' && !Array.isArray(given) ? given : {};
  return textOf(pattern, 'Fn::Sub').replace(/\$\{(!?)([^}]+)\}/g, (_whole, literal: string, name: string) => {
    if (literal) return `\${${name}}`;
    const own = names[name];
    if (own !== undefined) return String(resolve(own, scope));
    const [resource = '', ...attribute] = name.split('.');
    return String(attribute.length === 0 ? scope.reference(name) : scope.attribute(resource, attribute.join('.')));
  });
}

function listOf(value: Value, where: string): Value[] {
  if (!Array.isArray(value)) throw new Error(`${where} takes a list, not ${JSON.stringify(value)}`);
  return value;
}
function pairOf(value: Value, where: string): [Value, Value] {
  const [first, second] = listOf(value, where);
  if (first === undefined || second === undefined)
    throw new Error(`${where} takes two values: ${JSON.stringify(value)}`);
  return [first, second];
}
function textOf(value: Value, where: string): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  throw new Error(`${where} takes text, not ${JSON.stringify(value)}`);
}
function textsOf(value: Value, where: string): string[] {
  return listOf(value, where).map((part) => textOf(part, where));
}
function required(value: Value | undefined, where: string): Value {
  if (value === undefined) throw new Error(`${where} was given no value`);
  return value;
}
