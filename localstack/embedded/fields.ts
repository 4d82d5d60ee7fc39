import type { Value } from './intrinsics.ts';

/** Reads a resource's properties; each error names the resource and the property. */
export class Fields {
  readonly where: string;
  private readonly values: { [key: string]: Value };

  constructor(where: string, value: Value | undefined) {
    this.where = where;
    this.values = value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
  }

  has(name: string): boolean {
    return this.values[name] !== undefined;
  }

  /** @throws Error when there is no such text and no fallback. */
  text(name: string, otherwise?: string): string {
    const value = this.values[name] ?? otherwise;
    if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return String(value);
    throw new Error(`${this.where}: ${name} should be text, not ${JSON.stringify(value)}`);
  }

  /** @throws Error when there is no such number and no fallback. */
  number(name: string, otherwise?: number): number {
    const value = Number(this.values[name] ?? otherwise);
    if (Number.isNaN(value)) throw new Error(`${this.where}: ${name} should be a number`);
    return value;
  }

  /** CloudFormation takes `true` and `"true"` alike. */
  truth(name: string): boolean {
    return String(this.values[name] ?? false) === 'true';
  }

  /** Empty where absent. */
  texts(name: string): string[] {
    return this.list(name).map((value) => String(value));
  }

  /** Empty where absent. */
  list(name: string): Value[] {
    const value = this.values[name];
    return Array.isArray(value) ? value : [];
  }

  /** Without fields where absent. */
  fields(name: string): Fields {
    return new Fields(`${this.where}.${name}`, this.values[name]);
  }

  names(): string[] {
    return Object.keys(this.values);
  }

  raw(name: string): Value | undefined {
    return this.values[name];
  }
}
