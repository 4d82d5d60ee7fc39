import { CfnOutput, CfnParameter, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { SitePulseEdge, type SitePulseEdgeProps } from './edge.ts';
import { readByExport } from './read-by-export.ts';

export type EdgeStackProps = StackProps & Omit<SitePulseEdgeProps, 'edgeSecret'>;

/** The edge in a stack of its own: CloudFront is on AWS alone, and no stand-in for AWS has to know it. */
export class EdgeStack extends Stack {
  readonly edge: SitePulseEdge;

  constructor(scope: Construct, id: string, props: EdgeStackProps) {
    super(scope, id, props);
    readByExport(this);
    const { apiUrl, domainName = '', certificateArn = '', hostedZoneId = '' } = props;
    const secret = new CfnParameter(this, 'EdgeSecret', {
      noEcho: true,
      minLength: 32,
      description: 'The same as EdgeSecret of SitePulse: by it ingest believes what the edge says of a viewer.',
    });
    this.edge = new SitePulseEdge(this, 'Default', {
      apiUrl,
      edgeSecret: secret.valueAsString,
      domainName,
      certificateArn,
      hostedZoneId,
    });
    const { url, bucket, distribution } = this.edge;
    const outputs = {
      Url: url,
      SiteBucketName: bucket.bucketName,
      // What a CNAME of one's own domain leads to.
      DistributionDomainName: distribution.distributionDomainName,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
