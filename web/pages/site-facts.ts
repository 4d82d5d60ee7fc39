/** What pages need to know of the site they show. */
export interface SiteFacts {
  id: string;
  name: string;
  /** IANA time zone of its days. */
  zone: string;
  /** Whether the reader may change settings, add markers and have pictures taken. The API decides; this only says what to show. */
  mayWrite: boolean;
}
