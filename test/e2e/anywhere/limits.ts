import type { EmulatorName } from '../../../localstack/deploy/emulator.ts';

export type TargetName = 'embedded cloud' | EmulatorName;

export interface Limit {
  /** What a green run there says nothing about. */
  what: string;
  /** Where it is shown instead. */
  shown: string;
}

const neverShown: Limit[] = [
  {
    what: 'That the roles suffice: rights are not enforced.',
    shown: 'test/infra/grants.test.ts lists them; only a deployment to AWS shows that none is missing.',
  },
  {
    what: 'The edge: CloudFront is not served; a stand-in takes its place.',
    shown: 'test/infra/edge.test.ts and test/contract/edge-viewers.test.ts.',
  },
];

/** What the suite can't prove at each target. `docs/localstack.md` has the same, and a test compares them. */
export const limits: Record<TargetName, Limit[]> = {
  'embedded cloud': neverShown,
  MiniStack: [
    ...neverShown,
    {
      what: 'Retries: what the processor gives back (batchItemFailures) is skipped with the rest of its batch, not tried again.',
      shown: 'test/law, test/simulate and test/e2e/chaos, in the embedded cloud.',
    },
    {
      what: 'Bisection, the limits of attempts and age, and the destination of failures: they are stored and never applied.',
      shown: 'test/unit/embedded (the event source mapping), test/infra/flow.test.ts (the settings).',
    },
    {
      what: 'Metrics and alarms: metrics in logs are not read, and alarms look only at metrics that are put.',
      shown: 'test/infra/alarms.test.ts; the embedded cloud reads them.',
    },
    {
      what: 'The end of a connection: DeleteConnection leaves the socket open.',
      shown: 'test/e2e/two-dashboards, in the embedded cloud.',
    },
    {
      what: 'What stays when the stack is deleted: tables and buckets go with it, whatever their policy says.',
      shown: 'test/infra/construct.test.ts: what holds data has the policy to be kept.',
    },
    {
      what: 'The size of messages: posts over 128 KB are taken.',
      shown: 'test/unit/push: what is sent is cut at 32 KB.',
    },
    {
      what: 'The viewer’s address as the API sees it: each request comes from 127.0.0.1.',
      shown: 'this suite, by the header of the edge.',
    },
  ],
  LocalStack: [
    ...neverShown,
    {
      what: 'Anything, until somebody with a token runs it: this project has been deployed to MiniStack, not to LocalStack.',
      shown: 'nowhere.',
    },
  ],
};

/** What is printed after a run. */
export function limitsText(target: TargetName): string {
  const lines = limits[target].map(({ what, shown }) => `  - ${what}\n    Shown by ${shown}`);
  return `This run, on ${target}, says nothing about:\n${lines.join('\n')}`;
}
