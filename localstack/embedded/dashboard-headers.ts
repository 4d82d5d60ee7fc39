/**
 * With what the edge sends the dashboard (`cdk/security-headers.ts`; a test compares the two), but for what means nothing here: HSTS
 * is of TLS, and the rest of the policy stands in the page, which may reach this machine without it.
 */
export const dashboardHeaders: Record<string, string> = {
  'content-security-policy': "frame-ancestors 'none'",
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
};
