/**
 * `npm run destroy`: takes SitePulse away from the AWS account that your credentials are of. Says what goes and what stays, and asks.
 * `--with-data`: tables, archive and pictures go, too, also those that are left of stacks that are gone. `--yes`: do not ask.
 */
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { account } from './account.sts.ts';
import { type DestroyPorts, destroyInAws } from './destroy-in-aws.ts';
import { Fault, run } from './fault.ts';
import { awsCognito } from './first-owner.cognito.ts';
import { awsS3, bucketStands, deleteBucket, emptyBucket } from './site-bucket.s3.ts';
import { awsCloudFormation, deleteStack, keptByDeleted, stackFacts } from './stacks.cloudformation.ts';
import { awsDynamo, deleteTable, tableStands } from './tables.dynamo.ts';
import { deleteUserPool, userPoolStands } from './user-pool.cognito.ts';

/** @throws Fault for an option that there is not. */
function optionsFrom(args: string[]): { withData: boolean; isSure: boolean } {
  const option = { type: 'boolean', default: false } as const;
  try {
    const { values } = parseArgs({ args, options: { 'with-data': option, yes: option } });
    return { withData: values['with-data'], isSure: values.yes };
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : error}. The options are --with-data and --yes.`);
  }
}

async function ask(question: string): Promise<string> {
  if (!process.stdin.isTTY)
    throw new Fault('There is nobody to ask here. Nothing was done: with --yes it goes on without.');
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    return await terminal.question(question);
  } finally {
    terminal.close();
  }
}

function realPorts(): DestroyPorts {
  const [cloudFormation, s3, dynamo, cognito] = [awsCloudFormation(), awsS3(), awsDynamo(), awsCognito()];
  return {
    account: () => account(),
    stack: (name) => stackFacts(cloudFormation, name),
    ask,
    empty: (bucket) => emptyBucket(s3, bucket),
    deleteStack: (name) => deleteStack(cloudFormation, name),
    deleteTable: (name) => deleteTable(dynamo, name),
    deleteBucket: (name) => deleteBucket(s3, name),
    deletePool: (id) => deleteUserPool(cognito, id),
    async leftOf(name) {
      const { tables, buckets, pools } = await keptByDeleted(cloudFormation, name);
      return {
        tables: await those(tables, (table) => tableStands(dynamo, table)),
        buckets: await those(buckets, (bucket) => bucketStands(s3, bucket)),
        pools: await those(pools, (pool) => userPoolStands(cognito, pool)),
      };
    },
    say: (text) => console.log(text),
  };
}

async function those(names: string[], stands: (name: string) => Promise<boolean>): Promise<string[]> {
  const standing = await Promise.all(names.map(stands));
  return names.filter((_, index) => standing[index]);
}

run(async () => {
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  await destroyInAws(optionsFrom(process.argv.slice(2)), realPorts());
  console.log('Done.');
});
