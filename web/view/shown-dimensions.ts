/** The breakdowns that the live page shows beside the pages, in this order. */
export const shownDimensions = [
  { dimension: 'referrer', title: 'Referrers', measure: 'page views' },
  { dimension: 'device', title: 'Devices', measure: 'page views' },
  { dimension: 'country', title: 'Countries', measure: 'page views' },
  { dimension: 'browser', title: 'Browsers', measure: 'page views' },
  { dimension: 'os', title: 'Systems', measure: 'page views' },
  { dimension: 'event', title: 'Custom events', measure: 'times' },
  { dimension: 'outbound', title: 'Outbound links', measure: 'clicks' },
] as const;
