/**
 * DynamoDB's expressions, as far as our adapters write them: conditions and updates
 * (https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Expressions.html).
 */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';

export type Item = Record<string, AttributeValue>;

export interface Placeholders {
  names: Record<string, string>;
  values: Item;
}
export interface Condition {
  holds(item: Item | undefined, placeholders: Placeholders): boolean;
  /** Every `#name` and `:value` that it uses. */
  used: ReadonlySet<string>;
}

type Test = (item: Item, placeholders: Placeholders) => boolean;
type Operand = (item: Item, placeholders: Placeholders) => AttributeValue | undefined;

const known = new Map<string, Condition>();
const knownMax = 2_000;

export function conditionOf(text: string): Condition {
  const found = known.get(text);
  if (found) return found;
  const parser = new Parser(text);
  const test = parser.either();
  parser.end();
  const condition: Condition = {
    holds: (item, placeholders) => test(item ?? {}, placeholders),
    used: parser.used,
  };
  if (known.size >= knownMax) known.clear();
  known.set(text, condition);
  return condition;
}

const comparators: Record<string, (order: number) => boolean> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

class Parser {
  readonly used = new Set<string>();
  readonly #tokens: string[];
  #at = 0;

  constructor(private readonly text: string) {
    this.#tokens = text.match(/[#:]?[A-Za-z0-9_]+|<>|<=|>=|[=<>(),]/g) ?? [];
  }

  end(): void {
    if (this.#at < this.#tokens.length) throw new Error(`"${this.#peek()}" is too much in "${this.text}"`);
  }

  either(): Test {
    const tests = [this.both()];
    while (this.#takes('OR')) tests.push(this.both());
    return tests.length === 1 && tests[0] ? tests[0] : (...about) => tests.some((test) => test(...about));
  }

  both(): Test {
    const tests = [this.one()];
    while (this.#takes('AND')) tests.push(this.one());
    return tests.length === 1 && tests[0] ? tests[0] : (...about) => tests.every((test) => test(...about));
  }

  one(): Test {
    if (this.#takes('NOT')) {
      const test = this.one();
      return (...about) => !test(...about);
    }
    if (this.#takes('(')) {
      const test = this.either();
      this.#wants(')');
      return test;
    }
    const name = this.#peek();
    if (name === 'attribute_exists' || name === 'attribute_not_exists') {
      const [path] = this.#call(1);
      return (...about) => (path?.(...about) !== undefined) === (name === 'attribute_exists');
    }
    if (name === 'begins_with') {
      const [whole, start] = this.#call(2);
      return (...about) => whole?.(...about)?.S?.startsWith(start?.(...about)?.S ?? '') ?? false;
    }
    return this.#comparison();
  }

  #comparison(): Test {
    const left = this.#operand();
    if (this.#takes('BETWEEN')) {
      const low = this.#operand();
      this.#wants('AND');
      const high = this.#operand();
      return (...about) => {
        const value = left(...about);
        return (orderOf(value, low(...about)) ?? -1) >= 0 && (orderOf(value, high(...about)) ?? 1) <= 0;
      };
    }
    const compare = comparators[this.#next()];
    if (!compare) throw new Error(`no comparator in "${this.text}"`);
    const right = this.#operand();
    return (...about) => {
      const order = orderOf(left(...about), right(...about));
      return order !== undefined && compare(order);
    };
  }

  #call(count: number): Operand[] {
    this.#next();
    this.#wants('(');
    const operands = [this.#operand()];
    while (this.#takes(',')) operands.push(this.#operand());
    this.#wants(')');
    if (operands.length !== count) throw new Error(`${operands.length} operands, not ${count}, in "${this.text}"`);
    return operands;
  }

  #operand(): Operand {
    const token = this.#next();
    if (token.startsWith(':') || token.startsWith('#')) this.used.add(token);
    if (token.startsWith(':')) return (_, { values }) => present(values[token], token);
    if (token.startsWith('#')) return (item, { names }) => item[present(names[token], token)];
    return (item) => item[token];
  }

  #peek(): string {
    return this.#tokens[this.#at] ?? '';
  }
  #next(): string {
    return this.#tokens[this.#at++] ?? '';
  }
  #takes(token: string): boolean {
    if (this.#peek() !== token) return false;
    this.#at++;
    return true;
  }
  #wants(token: string): void {
    if (!this.#takes(token)) throw new Error(`"${token}" is missing in "${this.text}"`);
  }
}

/** Undefined where two values do not compare: one is missing, or they are of different types. */
function orderOf(one: AttributeValue | undefined, other: AttributeValue | undefined): number | undefined {
  if (one?.B !== undefined && other?.B !== undefined) return Buffer.compare(one.B, other.B);
  if (one?.N !== undefined && other?.N !== undefined) return Number(one.N) - Number(other.N);
  if (one?.S !== undefined && other?.S !== undefined) return one.S < other.S ? -1 : Number(one.S > other.S);
  return undefined;
}

export function present<T>(value: T | undefined, name: string): T {
  if (value === undefined) throw new Error(`${name} is used in an expression and not given`);
  return value;
}
