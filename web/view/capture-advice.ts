/** What can be done where a page gave no picture, by the reason's code. */
const advice: Record<string, string> = {
  'login-needed':
    'Pictures are taken by a stranger who cannot sign in. You can: open the page itself, with its heat over it.',
  status: 'If the page has moved, its heat stays under the old address.',
  'not-html': 'Only pages can be pictured.',
  'origin-not-allowed': 'If that address is yours too, add it to the origins of the site.',
  'address-refused': 'Pictures are taken from public addresses only. From within your network, open the page itself.',
  unreachable: 'Is it up, and to be reached from outside your network? Else open the page itself.',
  timeout: 'It may have been busy: try again, or open the page itself.',
  'too-large': 'Open the page itself: nothing needs to be loaded twice for that.',
  moved: 'Open the page itself, with its heat over it.',
  'browser-failed': 'Try again, or open the page itself, with its heat over it.',
};

export function captureAdvice(code: string): string {
  return advice[code] ?? 'Try again, or open the page itself, with its heat over it.';
}
