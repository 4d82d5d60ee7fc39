/** What pages need to know of the site they show. */
export interface SiteFacts {
  id: string;
  name: string;
  /** IANA time zone of its days. */
  zone: string;
}
