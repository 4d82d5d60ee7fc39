/** What the page's Content-Security-Policy kept us from, as a sentence that says what to add to it. */
export function watchPolicy(ours: readonly string[], tell: (sentence: string) => void, signal: AbortSignal): void {
  const heard = ({ blockedURI, effectiveDirective }: SecurityPolicyViolationEvent) => {
    const origin = ours.find((one) => blockedURI.startsWith(one));
    if (!origin) return;
    tell(`This page's Content-Security-Policy keeps the overlay from ${origin}: add it to ${effectiveDirective}.`);
  };
  document.addEventListener('securitypolicyviolation', heard, { signal });
}
