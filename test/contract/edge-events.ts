/**
 * A viewer request as CloudFront hands it to a function, in the form that AWS documents, with the headers of a snippet's `fetch`.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 * `cloudfront-viewer-country` stands here because the origin request policy asks for it.
 */
export function atEdge({ ip, agent, country }: { ip: string; agent: string; country: string }) {
  const headers: Record<string, { value: string }> = {
    host: { value: 'd111111abcdef8.cloudfront.net' },
    accept: { value: '*/*' },
    'accept-encoding': { value: 'br,gzip' },
    'content-type': { value: 'text/plain;charset=UTF-8' },
    'content-length': { value: '412' },
    origin: { value: 'https://shop.example' },
    referer: { value: 'https://shop.example/' },
    'sec-fetch-mode': { value: 'cors' },
    'user-agent': { value: agent },
    'cloudfront-viewer-country': { value: country },
  };
  return {
    version: '1.0',
    context: {
      distributionDomainName: 'd111111abcdef8.cloudfront.net',
      distributionId: 'EDFDVBD6EXAMPLE',
      eventType: 'viewer-request',
      requestId: 'EXAMPLEntjQpEXAMPLE_SG5Z-EXAMPLEPmPfEXAMPLEu3EqEXAMPLE==',
    },
    viewer: { ip },
    request: { method: 'POST', uri: '/v1/events', querystring: {}, headers, cookies: {} },
  };
}
