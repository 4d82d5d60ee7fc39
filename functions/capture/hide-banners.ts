import type { Page } from 'playwright-core';

/** Where the widely used consent tools put themselves: the page's own code, or a shadow tree that can't be read. */
const knownBanners = [
  '#onetrust-consent-sdk',
  '#CybotCookiebotDialog',
  '#CybotCookiebotDialogBodyUnderlay',
  '#usercentrics-root',
  '#usercentrics-cmp-ui',
  '#didomi-host',
  '#truste-consent-track',
  '#iubenda-cs-banner',
  '#cookie-law-info-bar',
  '#cmpbox',
  '#cmpbox2',
  '#qc-cmp2-container',
  '#axeptio_overlay',
  '#tarteaucitronRoot',
  '#cookiescript_injected',
  '#termly-code-snippet-support',
  '.fc-consent-root',
  '.cky-consent-container',
  '.cky-overlay',
  '.osano-cm-window',
  '.cc-window',
  '.klaro .cookie-notice',
  '.cmplz-cookiebanner',
  '[id^="sp_message_container"]',
];

/**
 * Hides what asks visitors for consent, and whatever `selectors` the site lists: a banner would cover the page, and one that locks
 * scrolling keeps pictures further down from loading. Nothing is clicked, so nothing is agreed to on anybody's behalf. The rules: a known
 * tool's container; else a fixed or sticky box or a dialog that names itself after cookies or consent, or that writes of cookies and has
 * a button to accept or refuse them. Then backdrops without content go, and a scroll lock.
 */
export async function hideBanners(page: Page, selectors: readonly string[]): Promise<void> {
  await page.evaluate(hideInPage, { known: knownBanners, wanted: [...selectors] });
}

/** Runs in the page. */
function hideInPage({ known, wanted }: { known: string[]; wanted: string[] }): void {
  const hide = (element: Element) => (element as HTMLElement).style.setProperty('display', 'none', 'important');
  const matching = (selector: string): Element[] => {
    try {
      return [...document.querySelectorAll(selector)];
    } catch {
      // Not a selector to this browser: it hides nothing.
      return [];
    }
  };
  for (const element of wanted.flatMap(matching)) hide(element);

  const namesConsent = /cookie|consent|gdpr|ccpa|datenschutz|privacy-?(banner|notice|popup|modal)/i;
  const writesOfCookies = /\bcookies?\b|\bconsent\b/i;
  const answers =
    /\b(accept|agree|allow|reject|refuse|decline|deny|got it|akzeptieren|zustimmen|ablehnen|accepter|refuser|tout accepter|aceptar|rechazar|accetta|rifiuta|accepteren|weigeren|aceitar|recusar)\b/i;
  const covers = (element: Element) => {
    const { width, height } = element.getBoundingClientRect();
    return width >= innerWidth * 0.9 && height >= innerHeight * 0.9;
  };
  const overlays = [...document.querySelectorAll('body *')].filter((element) => {
    const { position, display } = getComputedStyle(element);
    const isDialog = element.matches('dialog[open], [role=dialog], [role=alertdialog], [aria-modal=true]');
    return display !== 'none' && (position === 'fixed' || position === 'sticky' || isDialog);
  });
  const isBanner = (element: Element) => {
    // What holds the page's own parts is no banner, whatever it writes of.
    if (element.matches('nav, main, header') || element.querySelector('nav, main, h1')) return false;
    const text = (element as HTMLElement).innerText ?? '';
    const buttons = [...element.querySelectorAll('button, [role=button], a, input[type=button], input[type=submit]')];
    if (buttons.length === 0 || text.length > 5_000) return false;
    const name = `${element.id} ${element.getAttribute('class') ?? ''} ${element.getAttribute('aria-label') ?? ''}`;
    const asks = buttons.some((button) => answers.test(button.textContent || (button as HTMLInputElement).value || ''));
    return namesConsent.test(name) || (asks && writesOfCookies.test(text));
  };
  const banners = [...known.flatMap(matching), ...overlays.filter(isBanner)];
  for (const banner of banners) hide(banner);
  if (banners.length === 0) return;
  for (const overlay of overlays) {
    const isEmpty =
      !(overlay as HTMLElement).innerText?.trim() && !overlay.querySelector('img, svg, video, canvas, iframe');
    if (covers(overlay) && isEmpty) hide(overlay);
  }
  for (const element of [document.documentElement, document.body]) {
    const { overflowY, position } = getComputedStyle(element);
    if (overflowY === 'hidden' || overflowY === 'clip') element.style.setProperty('overflow', 'visible', 'important');
    if (position === 'fixed') element.style.setProperty('position', 'static', 'important');
  }
}
