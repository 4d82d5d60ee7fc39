/** Instants at which a site's clock does something: midnights, and changes to and from daylight-saving time. */
export interface Scene {
  zone: string;
  /** UTC; the simulated visits happen around it. */
  at: string;
}

export const scenes: [Scene, ...Scene[]] = [
  { zone: 'Europe/Vienna', at: '2026-03-29T01:00Z' },
  { zone: 'Europe/Vienna', at: '2026-10-25T01:00Z' },
  { zone: 'Europe/Vienna', at: '2026-07-14T22:00Z' },
  { zone: 'America/New_York', at: '2026-03-08T07:00Z' },
  { zone: 'America/New_York', at: '2026-11-01T06:00Z' },
  { zone: 'America/St_Johns', at: '2026-06-10T02:30Z' },
  { zone: 'Asia/Kolkata', at: '2026-05-05T18:30Z' },
  { zone: 'Asia/Kathmandu', at: '2026-12-31T18:15Z' },
  { zone: 'Australia/Lord_Howe', at: '2026-04-04T15:00Z' },
  { zone: 'Asia/Beirut', at: '2026-03-28T22:00Z' },
  { zone: 'America/Santiago', at: '2026-09-06T04:00Z' },
  { zone: 'Pacific/Kiritimati', at: '2026-02-14T10:00Z' },
  { zone: 'Asia/Tokyo', at: '2026-08-20T00:00Z' },
  { zone: 'America/Los_Angeles', at: '2026-08-20T00:00Z' },
  { zone: 'UTC', at: '2026-12-31T23:59Z' },
];
