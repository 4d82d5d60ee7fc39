import { Duration } from 'aws-cdk-lib';
import {
  HeadersFrameOption,
  HeadersReferrerPolicy,
  type ResponseHeadersPolicyProps,
  type ResponseSecurityHeadersBehavior,
} from 'aws-cdk-lib/aws-cloudfront';

/** For everything that the edge serves. */
const always: ResponseSecurityHeadersBehavior = {
  contentTypeOptions: { override: true },
  strictTransportSecurity: { accessControlMaxAge: Duration.days(365), includeSubdomains: false, override: true },
  referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
};

/** The policy in `web/index.html`, and who may frame the page, which only a header can say. */
export const dashboardPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "connect-src 'self' https: wss:",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

export const dashboardHeaders: ResponseHeadersPolicyProps = {
  comment: 'SitePulse: the dashboard',
  securityHeadersBehavior: {
    ...always,
    contentSecurityPolicy: { contentSecurityPolicy: dashboardPolicy, override: true },
    frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
  },
  customHeadersBehavior: {
    customHeaders: [
      { header: 'permissions-policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
    ],
  },
};

/**
 * Pages of any site load the snippet, with `crossorigin` and under a policy of their own, too. Headers of CORS have a place of their own
 * in a policy: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export const snippetHeaders: ResponseHeadersPolicyProps = {
  comment: 'SitePulse: the snippet',
  securityHeadersBehavior: always,
  corsBehavior: {
    accessControlAllowCredentials: false,
    accessControlAllowHeaders: ['*'],
    accessControlAllowMethods: ['GET', 'HEAD'],
    accessControlAllowOrigins: ['*'],
    originOverride: true,
  },
  customHeadersBehavior: {
    customHeaders: [{ header: 'cross-origin-resource-policy', value: 'cross-origin', override: true }],
  },
};
