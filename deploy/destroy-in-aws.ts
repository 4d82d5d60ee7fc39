import { Fault } from './fault.ts';
import type { DataNames, StackFacts } from './stacks.cloudformation.ts';

/** What taking a deployment away does to the world. */
export interface DestroyPorts {
  account(): Promise<{ id: string; region: string }>;
  stack(name: string): Promise<StackFacts | null>;
  /** What a person types. */
  ask(question: string): Promise<string>;
  /** Deletes every object; returns how many. */
  empty(bucket: string): Promise<number>;
  /** Returns when it is gone. */
  deleteStack(name: string): Promise<void>;
  deleteTable(name: string): Promise<void>;
  deleteBucket(name: string): Promise<void>;
  deletePool(id: string): Promise<void>;
  /** The tables, buckets and user pools that still stand of stacks of this name that are gone. */
  leftOf(name: string): Promise<DataNames>;
  say(text: string): void;
}

/** What stands in front goes first. */
const dataStack = 'SitePulse';
const stacks = ['SitePulseEdge', 'SitePulseSql', dataStack];

/**
 * Takes the stacks away. Tables, archive, pictures and the people in the user pool stay, unless the data are to go, too. Whatever dies midway is run again: what is
 * gone already is passed over, and the data of a stack that is gone are found by what CloudFormation remembers of it.
 * @throws Fault when there is nothing, or when the person does not agree.
 */
export async function destroyInAws(
  { withData, isSure }: { withData: boolean; isSure: boolean },
  ports: DestroyPorts,
): Promise<void> {
  const { id, region } = await ports.account();
  const found = (await Promise.all(stacks.map(async (name) => ({ name, facts: await ports.stack(name) })))).filter(
    (stack): stack is { name: string; facts: StackFacts } => stack.facts !== null,
  );
  const outputs: Record<string, string> = Object.assign({}, ...found.map(({ facts }) => facts.outputs));
  const standing = found.some(({ name }) => name === dataStack);
  const data = standing || !withData ? dataOf(outputs) : await ports.leftOf(dataStack);
  const { tables, buckets, pools } = data;
  if (found.length + tables.length + buckets.length + pools.length === 0) {
    throw new Fault(`There is no SitePulse in account ${id}, ${region}: nothing to do.`);
  }
  ports.say(planText({ id, region, names: found.map(({ name }) => name), ...data, withData }));
  const word = withData ? 'delete the data' : 'destroy';
  if (!isSure && (await ports.ask(`Type "${word}" to go on: `)).trim() !== word) throw new Fault('Nothing was done.');

  if (outputs.SiteBucketName) await ports.empty(outputs.SiteBucketName);
  for (const { name } of found) {
    ports.say(`Deleting ${name} …`);
    await ports.deleteStack(name);
  }
  if (!withData) return;
  for (const table of tables) {
    ports.say(`Deleting ${table} …`);
    await ports.deleteTable(table);
  }
  for (const bucket of buckets) {
    ports.say(`Deleting ${bucket} …`);
    await ports.empty(bucket);
    await ports.deleteBucket(bucket);
  }
  for (const pool of pools) {
    ports.say(`Deleting user pool ${pool} …`);
    await ports.deletePool(pool);
  }
}

function dataOf(outputs: Record<string, string>): DataNames {
  return {
    tables: namesOf(outputs, /TableName$/),
    buckets: namesOf(outputs, /^(Archive|Captures)BucketName$/),
    pools: namesOf(outputs, /^UserPoolId$/),
  };
}

const namesOf = (outputs: Record<string, string>, form: RegExp): string[] =>
  Object.keys(outputs)
    .filter((name) => form.test(name))
    .map((name) => outputs[name] ?? '');

interface Plan extends DataNames {
  id: string;
  region: string;
  /** Of stacks. */
  names: string[];
  withData: boolean;
}

function planText({ id, region, names, tables, buckets, pools, withData }: Plan): string {
  const list = (lines: string[]) => lines.map((line) => `    ${line}`).join('\n');
  const data = list([...tables, ...buckets, ...pools.map((pool) => `user pool ${pool}`)]);
  const fate = withData
    ? `These hold what was counted, and GO WITH IT:\n${data}\n  Of the tables, AWS keeps a backup for 35 days; of all else, nothing.`
    : `These hold what was counted, and stay (and cost what they hold):\n${data}\n  A later deployment makes new ones beside them. With --with-data they go, too.`;
  if (names.length === 0) return `Account ${id}, ${region}. The stacks are gone.\n  ${fate}`;
  return `Account ${id}, ${region}. These stacks go:
${list(names)}
  With them go the stream with what was not counted yet, the functions with their logs, the alarms, and the addresses: pages that embed
  the snippet will ask in vain.
  ${fate}`;
}
