import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { EdgeStack } from '../../cdk/edge-stack.ts';
import { visitorHash } from '../../functions/identity/visitor-hash.ts';
import { viewerOf } from '../../functions/ingest/edge.ts';
import { edgeFunction } from '../../localstack/deploy/edge-function.ts';
import { atEdge } from './edge-events.ts';

const stack = new EdgeStack(new App(), 'SitePulseEdge', {
  apiUrl: 'https://abc123.execute-api.eu-west-1.amazonaws.com',
});
const template = Template.fromStack(stack);
const tellViewer = edgeFunction(template.toJSON() as Parameters<typeof edgeFunction>[0], 'Viewer');
const secret = 'a-secret-of-at-least-thirty-two-characters';

/** The headers that the origin request policy of `/v1/events` lets through, in lower case. */
const passed = Object.values(template.findResources('AWS::CloudFront::OriginRequestPolicy')).flatMap(
  ({ Properties }) => Properties.OriginRequestPolicyConfig.HeadersConfig.Headers as string[],
);

/**
 * What API Gateway hands to ingest: the headers that the policy passes on, the origin's own header, and the edge as the client.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html
 */
function atIngest(event: ReturnType<typeof atEdge>, edgeAddress: string, edgeSecret = secret) {
  const { headers } = tellViewer(event);
  const through = passed.map((name) => name.toLowerCase()).filter((name) => headers[name]);
  const found = Object.fromEntries(through.map((name) => [name, headers[name]?.value]));
  // A custom header of the origin takes the place of a viewer's.
  const forwarded = { ...found, 'x-sitepulse-edge': edgeSecret, via: '2.0 edge.cloudfront.net (CloudFront)' };
  return viewerOf(forwarded, { address: edgeAddress, userAgent: 'Amazon CloudFront' }, secret);
}

const visitorOf = ({ address, userAgent }: { address: string; userAgent: string }) =>
  visitorHash(Buffer.from('salt of the day'), address, userAgent);

describe('viewers behind the edge', () => {
  const first = atEdge({ ip: '198.51.100.7', agent: 'Chrome', country: 'CH' });
  const second = atEdge({ ip: '2001:db8::7', agent: 'Chrome', country: 'NZ' });

  it('two of one edge are two visitors, each of a country of its own', () => {
    const [one, other] = [atIngest(first, '130.176.1.1'), atIngest(second, '130.176.1.1')];
    expect(visitorOf(one)).not.toBe(visitorOf(other));
    expect([one.country, other.country]).toEqual(['CH', 'NZ']);
  });

  it('one of two edges is one visitor', () => {
    expect(visitorOf(atIngest(first, '130.176.1.1'))).toBe(visitorOf(atIngest(first, '64.252.9.9')));
  });

  it('is the same that ingest would see without an edge', () => {
    const direct = { address: '198.51.100.7', userAgent: 'Chrome' };
    expect(visitorOf(atIngest(first, '130.176.1.1'))).toBe(visitorOf(viewerOf({}, direct, secret)));
  });

  it('cannot name themselves: what they write into the headers is lost', () => {
    const forged = atEdge({ ip: '198.51.100.7', agent: 'Chrome', country: 'CH' });
    forged.request.headers['x-sitepulse-viewer'] = { value: '203.0.113.99' };
    forged.request.headers['x-sitepulse-agent'] = { value: 'Another' };
    expect(atIngest(forged, '130.176.1.1')).toEqual(atIngest(first, '130.176.1.1'));
  });

  it('are not believed from an edge that does not know the secret', () => {
    const [one, other] = [first, second].map((event) => atIngest(event, '130.176.1.1', 'not the secret'));
    expect(one).toEqual({ address: '130.176.1.1', userAgent: 'Amazon CloudFront', country: '' });
    expect(other).toEqual(one);
  });

  it('may have no agent at all', () => {
    const event = atEdge({ ip: '198.51.100.7', agent: 'Chrome', country: 'CH' });
    delete event.request.headers['user-agent'];
    expect(atIngest(event, '130.176.1.1').userAgent).toBe('');
  });
});
