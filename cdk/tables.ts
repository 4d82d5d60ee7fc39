import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';

/** The tables: what is counted, and what the functions must remember. All expire items by `ttl` (seconds since the epoch). */
export class Tables extends Construct {
  /** Counters, each item guarded by stream positions; and how far each site has been processed. */
  readonly counters: Table;
  /** Visitor states and load claims. */
  readonly visitors: Table;
  /** Which pages, values and elements count under their own name. */
  readonly admissions: Table;
  /** Sites with their versions, keys, salts of the day, and the key that seals identity tokens. */
  readonly sites: Table;
  /** Open connections, tickets, and the flag by which ingest knows that a site is watched. */
  readonly connections: Table;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    this.counters = this.table('Counters', { sorted: true });
    this.visitors = this.table('Visitors', { sorted: false });
    this.admissions = this.table('Admissions', { sorted: true });
    this.sites = this.table('Sites', { sorted: true });
    this.connections = this.table('Connections', { sorted: true });
  }

  private table(id: string, { sorted }: { sorted: boolean }): Table {
    return new Table(this, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      ...(sorted ? { sortKey: { name: 'sk', type: AttributeType.STRING } } : {}),
      timeToLiveAttribute: 'ttl',
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.AWS_MANAGED,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }
}
