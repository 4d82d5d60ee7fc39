import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { ArchiveSqlStack } from '../../cdk/archive-sql-stack.ts';
import { EdgeStack } from '../../cdk/edge-stack.ts';
import { dashboardPolicy } from '../../cdk/security-headers.ts';
import { edgeFunction } from '../../localstack/deploy/edge-function.ts';
import { dashboardHeaders } from '../../localstack/embedded/dashboard-headers.ts';
import { appWith, flat, resourcesOf } from './synthesised.ts';

const apiUrl = 'https://abc123.execute-api.eu-west-1.amazonaws.com';
const named = {
  domainName: 'pulse.shop.example',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0-1',
};
function edgeWith(props: Partial<ConstructorParameters<typeof EdgeStack>[2]> = {}) {
  const app = new App({ analyticsReporting: false });
  return { app, template: Template.fromStack(new EdgeStack(app, 'SitePulseEdge', { apiUrl, ...props })) };
}
const { app, template } = edgeWith();

interface Behavior {
  PathPattern?: string;
  CachePolicyId: unknown;
  TargetOriginId: string;
  OriginRequestPolicyId?: unknown;
  ResponseHeadersPolicyId?: unknown;
}
type SixBehaviors = [Behavior, Behavior, Behavior, Behavior, Behavior, Behavior];
const [distribution] = Object.values(resourcesOf(template, 'AWS::CloudFront::Distribution'));
const config = distribution?.Properties.DistributionConfig as unknown as {
  CacheBehaviors: Behavior[];
  DefaultCacheBehavior: Behavior;
  Origins: { Id: string; DomainName: unknown; OriginCustomHeaders?: unknown; OriginAccessControlId?: unknown }[];
};
const originOf = ({ TargetOriginId }: Behavior) => config.Origins.find(({ Id }) => Id === TargetOriginId);

describe('the edge', () => {
  it('serves dashboard, snippet and API under one name, and asks ingest before the rest of the API', () => {
    expect(config.CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual([
      '/s.js',
      '/overlay.js',
      '/panes.js',
      '/vitals.js',
      '/v1/events',
      '/v1/*',
    ]);
    const [snippet, overlay, panes, vitals, events, api] = config.CacheBehaviors as SixBehaviors;
    for (const behavior of [snippet, overlay, panes, vitals, config.DefaultCacheBehavior]) {
      expect(flat(originOf(behavior)?.DomainName)).toBe('<Site.RegionalDomainName>');
    }
    for (const behavior of [events, api]) {
      expect(originOf(behavior)?.DomainName).toBe('abc123.execute-api.eu-west-1.amazonaws.com');
      expect(originOf(behavior)?.OriginCustomHeaders).toEqual([
        { HeaderName: 'x-sitepulse-edge', HeaderValue: { Ref: 'EdgeSecret' } },
      ]);
    }
  });

  it('keeps nothing of what the API answers, and passes Authorization on but not to ingest', () => {
    const [, , , , events, api] = config.CacheBehaviors as SixBehaviors;
    // CachingDisabled, and AllViewerExceptHostHeader: names that AWS has given them.
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-managed-origin-request-policies.html
    expect([events.CachePolicyId, api.CachePolicyId]).toEqual(Array(2).fill('4135ea2d-6df8-44a3-9df3-4b5a84be39ad'));
    expect(api.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
    template.hasResourceProperties('AWS::CloudFront::OriginRequestPolicy', {
      OriginRequestPolicyConfig: {
        CookiesConfig: { CookieBehavior: 'none' },
        HeadersConfig: { HeaderBehavior: 'whitelist', Headers: Match.arrayWith(['CloudFront-Viewer-Country']) },
      },
    });
  });

  it('keeps files for as long as they say themselves', () => {
    template.hasResourceProperties('AWS::CloudFront::CachePolicy', {
      CachePolicyConfig: { MinTTL: 0, DefaultTTL: 60, MaxTTL: 31_536_000 },
    });
  });

  it('reads a bucket that nobody else can, and only its objects', () => {
    expect(originOf(config.DefaultCacheBehavior)?.OriginAccessControlId).toBeDefined();
    type Policy = { Statement: Record<string, unknown>[] };
    const statements = Object.values(resourcesOf(template, 'AWS::S3::BucketPolicy')).flatMap(
      ({ Properties }) => (Properties.PolicyDocument as unknown as Policy).Statement,
    );
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toMatchObject({ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } });
    expect(flat(allowed[0]?.Resource)).toBe('<Site.Arn>/*');
    expect(JSON.stringify(allowed[0]?.Condition)).toContain('"AWS:SourceArn"');
  });

  it('says the same of the dashboard as its page does, and that nobody may frame it', () => {
    const page = readFileSync(join(import.meta.dirname, '../../web/index.html'), 'utf8');
    const inPage = /Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1]?.split('; ') ?? [];
    const inHeader = dashboardPolicy.split('; ');
    // `http:` and `ws:` are for one machine: behind the edge all is TLS.
    expect(inHeader).toEqual([...inPage.map((line) => line.replace(/ (http|ws):/g, '')), "frame-ancestors 'none'"]);
  });

  it('sends with the dashboard what the embedded cloud sends with it', () => {
    const { 'content-security-policy': framing, ...others } = dashboardHeaders;
    expect(dashboardPolicy).toContain(framing);
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CustomHeadersConfig: {
          Items: [{ Header: 'permissions-policy', Value: others['permissions-policy'], Override: true }],
        },
        SecurityHeadersConfig: {
          ContentTypeOptions: { Override: true },
          FrameOptions: { FrameOption: others['x-frame-options'], Override: true },
          ReferrerPolicy: { ReferrerPolicy: others['referrer-policy'], Override: true },
        },
      },
    });
  });

  it('lets any page load the snippet', () => {
    template.hasResourceProperties('AWS::CloudFront::ResponseHeadersPolicy', {
      ResponseHeadersPolicyConfig: {
        CorsConfig: {
          AccessControlAllowCredentials: false,
          AccessControlAllowHeaders: { Items: ['*'] },
          AccessControlAllowMethods: { Items: ['GET', 'HEAD'] },
          AccessControlAllowOrigins: { Items: ['*'] },
          OriginOverride: true,
        },
        CustomHeadersConfig: {
          Items: [{ Header: 'cross-origin-resource-policy', Value: 'cross-origin', Override: true }],
        },
      },
    });
  });

  it('sets headers of CORS and of security where a policy has a place for them, never as custom ones', () => {
    // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
    const custom = Object.values(resourcesOf(template, 'AWS::CloudFront::ResponseHeadersPolicy')).flatMap(
      ({ Properties }) =>
        (Properties.ResponseHeadersPolicyConfig as { CustomHeadersConfig: { Items: { Header: string }[] } })
          .CustomHeadersConfig.Items,
    );
    const ofPlace = /^(access-control-|strict-transport-|content-security-|x-frame-|x-content-type-|x-xss-|referrer-)/;
    expect(custom.filter(({ Header }) => ofPlace.test(Header.toLowerCase()))).toEqual([]);
  });

  it('names what CloudFront keeps for all regions by the region, so that two edges of an account do not meet', () => {
    // "A unique name to identify the origin request policy", and so of the others:
    // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginRequestPolicyConfig.html
    const kept = ['CachePolicy', 'Function', 'OriginAccessControl', 'OriginRequestPolicy', 'ResponseHeadersPolicy'];
    const names = kept.flatMap((type) =>
      Object.values(resourcesOf(template, `AWS::CloudFront::${type}`)).map(({ Properties }) => {
        const held = Properties[`${type}Config`] as { Name?: unknown } | undefined;
        return flat(Properties.Name ?? held?.Name);
      }),
    );
    expect(names).toHaveLength(7);
    expect(names.filter((name) => !name.includes('<AWS::Region>'))).toEqual([]);
    // https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_OriginAccessControlConfig.html
    expect(names.filter((name) => name.replace('<AWS::Region>', 'ap-southeast-1').length > 64)).toEqual([]);
  });

  it("gives the dashboard's own paths its page, and files as they are", () => {
    const page = edgeFunction(template.toJSON() as Parameters<typeof edgeFunction>[0], 'Page');
    const served = (uri: string) => page({ viewer: { ip: '::1' }, request: { method: 'GET', uri, headers: {} } }).uri;
    expect(['/', '/sites/shop', '/app.js', '/a/b.css'].map(served)).toEqual([
      '/index.html',
      '/index.html',
      '/app.js',
      '/a/b.css',
    ]);
  });

  it('has a domain of its own when it is given one, with TLS 1.2 or better, and its records where the zone is given', () => {
    const own = edgeWith({ ...named, hostedZoneId: 'Z0123' }).template;
    own.hasResourceProperties('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Aliases: ['pulse.shop.example'],
        ViewerCertificate: { AcmCertificateArn: named.certificateArn, MinimumProtocolVersion: 'TLSv1.2_2021' },
      },
    });
    const records = Object.values(resourcesOf(own, 'AWS::Route53::RecordSet')).map(({ Properties }) => Properties);
    expect(records.map(({ Name, Type }) => `${Name} ${Type}`)).toEqual([
      'pulse.shop.example. A',
      'pulse.shop.example. AAAA',
    ]);
    own.hasOutput('Url', { Value: 'https://pulse.shop.example' });
    template.resourceCountIs('AWS::Route53::RecordSet', 0);
  });

  it('asks the pipeline for its address in a way that every region knows', () => {
    // "CloudFormation doesn't support Fn::GetStackOutput as an argument to other intrinsic functions in all regions yet":
    // https://github.com/aws/aws-cdk/pull/37948
    const { app: whole, stack } = appWith();
    const { archive, apiUrl: pipelineUrl } = stack.pulse;
    const readers = [
      new EdgeStack(whole, 'SitePulseEdge', { apiUrl: pipelineUrl }),
      new ArchiveSqlStack(whole, 'SitePulseSql', { archive }),
    ].map((reader) => JSON.stringify(Template.fromStack(reader)));
    expect(readers.filter((text) => !text.includes('"Fn::ImportValue"') || text.includes('GetStackOutput'))).toEqual(
      [],
    );
  });

  it('keeps what cdk-nag asks for, or says why not', () => {
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });
});
