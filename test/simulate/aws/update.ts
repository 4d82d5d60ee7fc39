import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import { type Item, type Placeholders, present } from './expression.ts';

/** One clause of an update expression. */
interface Change {
  action: 'set' | 'add' | 'remove';
  /** A `#name` or the attribute itself. */
  path: string;
  /** A `:value`; '' for a removal. */
  value: string;
  /** `if_not_exists`: an attribute that is there already stays. */
  onlyIfMissing: boolean;
}
export interface Update {
  changes: Change[];
  used: ReadonlySet<string>;
}

const known = new Map<string, Update>();
const knownMax = 5_000;

export function updateOf(text: string): Update {
  const found = known.get(text);
  if (found) return found;
  const changes: Change[] = [];
  // The text between two keywords is a list of clauses; `split` keeps the keywords, because they are captured.
  const parts = text.split(/(?:^|\s+)(SET|ADD|REMOVE)\s+/);
  for (let index = 1; index < parts.length; index += 2) {
    const action = (parts[index] ?? '').toLowerCase() as Change['action'];
    for (const clause of clausesOf(parts[index + 1] ?? '')) changes.push(changeOf(action, clause, text));
  }
  if (changes.length === 0) throw new Error(`"${text}" is not an update expression`);
  const used = new Set(changes.flatMap(({ path, value }) => [path, value]).filter((name) => /^[#:]/.test(name)));
  if (known.size >= knownMax) known.clear();
  const update = { changes, used };
  known.set(text, update);
  return update;
}

/** Commas inside `if_not_exists(…)` do not end a clause. */
function clausesOf(list: string): string[] {
  return list.split(/,(?![^(]*\))/).map((clause) => clause.trim());
}

function changeOf(action: Change['action'], clause: string, text: string): Change {
  const patterns = {
    set: /^(#?\w+)\s*=\s*(?:(:\w+)|if_not_exists\((#?\w+),\s*(:\w+)\))$/,
    add: /^(#?\w+)\s+(:\w+)$/,
    remove: /^(#?\w+)$/,
  };
  const match = patterns[action].exec(clause);
  const [, path = '', value = '', ifMissing, orElse = ''] = match ?? [];
  if (!match || (ifMissing !== undefined && ifMissing !== path)) {
    throw new Error(`"${clause}" of "${text}" is not understood here`);
  }
  return { action, path, value: ifMissing === undefined ? value : orElse, onlyIfMissing: ifMissing !== undefined };
}

/** Changes the item in place. @returns the names of the attributes that the expression speaks of. */
export function applyUpdate(item: Item, { changes }: Update, { names, values }: Placeholders): string[] {
  const touched: string[] = [];
  for (const { action, path, value, onlyIfMissing } of changes) {
    const name = path.startsWith('#') ? present(names[path], path) : path;
    touched.push(name);
    if (action === 'remove') {
      delete item[name];
      continue;
    }
    if (onlyIfMissing && item[name] !== undefined) continue;
    const given = present(values[value], value);
    item[name] = action === 'add' ? sum(item[name], given, name) : given;
  }
  return touched;
}

function sum(before: AttributeValue | undefined, more: AttributeValue, name: string): AttributeValue {
  if (more.N === undefined || (before && before.N === undefined)) throw new Error(`ADD to ${name}: not a number`);
  return { N: String(Number(before?.N ?? 0) + Number(more.N)) };
}
