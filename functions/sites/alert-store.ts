import type { AlertKind, AlertSettings } from '../contract/alert.ts';

export interface StoredAlerts {
  settings: AlertSettings;
  webhookSecret: string;
}

/** Each site's alert settings, and when it was last told of what. */
export interface AlertStore {
  /** Null: never saved. */
  read(site: string): Promise<StoredAlerts | null>;
  /** `newSecret` becomes the webhook's where there is none yet; else the old one stays. */
  save(site: string, settings: AlertSettings, newSecret: string): Promise<StoredAlerts>;
  /** With the site. */
  remove(site: string): Promise<void>;
  /** Whether this one may be told: none of its kind was within `quietMs` before. Of two at once, one may. */
  claim(site: string, kind: AlertKind, now: number, quietMs: number): Promise<boolean>;
}
