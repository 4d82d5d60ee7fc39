import { CfnDeletionPolicy, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type CfnStream, Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import { Construct } from 'constructs';

export interface PulseStreamProps {
  shards: number;
  onDemand: boolean;
}

/** The stream between ingest and the processor, keyed by visitor. */
export class PulseStream extends Construct {
  readonly stream: Stream;

  constructor(scope: Construct, id: string, { shards, onDemand }: PulseStreamProps) {
    super(scope, id);
    this.stream = new Stream(this, 'Stream', {
      ...(onDemand ? { streamMode: StreamMode.ON_DEMAND } : { streamMode: StreamMode.PROVISIONED, shardCount: shards }),
      retentionPeriod: Duration.hours(24),
      // The key that AWS manages: access to a stream is access to its records either way, and a key of one's own costs per request.
      encryption: StreamEncryption.MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // An idle shard costs as much as a busy one, so it goes with the stack; but one that an update replaces may hold unread records.
    const { cfnOptions } = this.stream.node.defaultChild as CfnStream;
    cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
  }
}
