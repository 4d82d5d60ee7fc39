import { Aws, Duration, Fn, Names, RemovalPolicy, Validations } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  HttpVersion,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ResponseHeadersPolicy,
  type ResponseHeadersPolicyProps,
  S3OriginAccessControl,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AaaaRecord, ARecord, HostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { pageFunction, viewerFunction } from './edge-functions.ts';
import { dashboardHeaders, snippetHeaders } from './security-headers.ts';

export interface SitePulseEdgeProps {
  /** The HTTP API's address, `https://…`: `apiUrl` of `SitePulse`. */
  apiUrl: string;
  /** The same that `SitePulse` was given: at least 32 random characters. */
  edgeSecret: string;
  /** @default '' - CloudFront's own name */
  domainName?: string;
  /** Of the domain, in us-east-1. @default '' - needed with `domainName` */
  certificateArn?: string;
  /** The Route 53 zone that gets the domain's records. @default '' - whoever runs the domain's DNS sets them */
  hostedZoneId?: string;
}

/** One domain for all that browsers ask: the dashboard, the snippet and `/v1/*`. A first-party domain, when it is given one. */
export class SitePulseEdge extends Construct {
  /** `https://…`, without a path. */
  readonly url: string;
  /** Holds the dashboard, the snippet and the dashboard's `config.json`; whoever deploys puts them there. */
  readonly bucket: Bucket;
  readonly distribution: Distribution;

  constructor(scope: Construct, id: string, props: SitePulseEdgeProps) {
    super(scope, id);
    const { domainName = '', certificateArn = '', hostedZoneId = '' } = props;
    this.bucket = this.siteBucket();
    this.distribution = new Distribution(this, 'Distribution', {
      comment: 'SitePulse: dashboard, snippet and API',
      defaultRootObject: 'index.html',
      httpVersion: HttpVersion.HTTP2_AND_3,
      ...this.behaviors(props),
      ...(domainName
        ? {
            domainNames: [domainName],
            minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
            certificate: Certificate.fromCertificateArn(this, 'Certificate', certificateArn),
          }
        : {}),
    });
    this.explain();
    if (hostedZoneId) this.name(domainName, hostedZoneId);
    this.url = `https://${domainName || this.distribution.distributionDomainName}`;
  }

  /** What stands in it can be put there again at any time, so it goes with the stack. */
  private siteBucket(): Bucket {
    const bucket = new Bucket(this, 'Site', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      encryption: BucketEncryption.S3_MANAGED,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    Validations.of(bucket).acknowledge({
      id: 'AwsSolutions-S1',
      reason:
        'It holds the files of the dashboard and the snippet, which are public, and only the distribution reads it.',
    });
    return bucket;
  }

  private behaviors({ apiUrl, edgeSecret }: SitePulseEdgeProps) {
    const files = S3BucketOrigin.withOriginAccessControl(this.bucket as IBucket, {
      originAccessControl: new S3OriginAccessControl(this, 'Access', { originAccessControlName: this.named('Access') }),
    });
    const api = new HttpOrigin(Fn.select(2, Fn.split('/', apiUrl)), {
      // It takes the place of what a viewer may have sent under this name.
      customHeaders: { 'x-sitepulse-edge': edgeSecret },
      readTimeout: Duration.seconds(30),
    });
    const https = { viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS };
    const cached = { ...https, origin: files, cachePolicy: this.filePolicy(), compress: true };
    const snippet = { ...cached, responseHeadersPolicy: this.headers('SnippetHeaders', snippetHeaders) };
    const asked = {
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
      origin: api,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      cachePolicy: CachePolicy.CACHING_DISABLED,
    };
    const additionalBehaviors: Record<string, BehaviorOptions> = {
      '/s.js': snippet,
      '/overlay.js': snippet,
      '/panes.js': snippet,
      '/vitals.js': snippet,
      '/v1/events': {
        ...asked,
        originRequestPolicy: this.ingestPolicy(),
        functionAssociations: [this.before('Viewer', viewerFunction, 'Tells ingest whom the edge saw')],
      },
      // A list of headers may not hold Authorization; this policy passes it on, and all others but Host, which is the API's own.
      '/v1/*': { ...asked, originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER },
    };
    const defaultBehavior = {
      ...cached,
      responseHeadersPolicy: this.headers('DashboardHeaders', dashboardHeaders),
      functionAssociations: [this.before('Page', pageFunction, "The dashboard's own paths are one page")],
    };
    return { defaultBehavior, additionalBehaviors };
  }

  /** As long as each file says of itself (`deploy/site-files.ts`): for ever when its name tells its content, else briefly. */
  private filePolicy(): CachePolicy {
    return new CachePolicy(this, 'Files', {
      comment: 'SitePulse: as long as a file says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.minutes(1),
      maxTtl: Duration.days(365),
      enableAcceptEncodingGzip: true,
      enableAcceptEncodingBrotli: true,
    });
  }

  /** What ingest reads, and nothing else of what a browser sends: no cookie. At most ten headers may be listed. */
  private ingestPolicy(): OriginRequestPolicy {
    return new OriginRequestPolicy(this, 'IngestRequest', {
      originRequestPolicyName: this.named('IngestRequest'),
      comment: 'SitePulse: what ingest reads',
      headerBehavior: OriginRequestHeaderBehavior.allowList(
        'Origin',
        'Content-Type',
        'Access-Control-Request-Method',
        'Access-Control-Request-Headers',
        'CloudFront-Viewer-Country',
        'X-SitePulse-Viewer',
        'X-SitePulse-Agent',
      ),
      queryStringBehavior: OriginRequestQueryStringBehavior.all(),
    });
  }

  private headers(id: string, props: ResponseHeadersPolicyProps): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, id, { ...props, responseHeadersPolicyName: this.named(id) });
  }

  /**
   * CloudFront is one for all regions, and its policies' names are unique in an account: with the region in it, an edge in each of two
   * regions do not meet. At most 64 characters, which is what an access control's name may have.
   */
  private named(id: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: 30 })}-${id}-${Aws.REGION}`;
  }

  private before(id: string, code: string, comment: string) {
    const fn = new EdgeFunction(this, id, { code: FunctionCode.fromInline(code), comment });
    return { eventType: FunctionEventType.VIEWER_REQUEST, function: fn };
  }

  private name(domainName: string, hostedZoneId: string): void {
    const zone = HostedZone.fromHostedZoneAttributes(this, 'Zone', { hostedZoneId, zoneName: domainName });
    const target = RecordTarget.fromAlias(new CloudFrontTarget(this.distribution));
    // With the dot at its end the name is whole, whatever the zone is called.
    new ARecord(this, 'Address', { zone, recordName: `${domainName}.`, target });
    new AaaaRecord(this, 'AddressV6', { zone, recordName: `${domainName}.`, target });
  }

  private explain(): void {
    Validations.of(this.distribution).acknowledge(
      { id: 'AwsSolutions-CFR1', reason: 'Sites have visitors in every country.' },
      {
        id: 'AwsSolutions-CFR2',
        reason:
          'Requests are bounded by the API and, by write key, in ingest; a firewall costs more than the rest of a small site.',
      },
      { id: 'AwsSolutions-CFR3', reason: 'An access log would keep addresses that the product promises not to keep.' },
      {
        id: 'AwsSolutions-CFR4',
        reason: "CloudFront's own certificate comes with its own minimum; with a domain it is TLS 1.2.",
      },
    );
  }
}
