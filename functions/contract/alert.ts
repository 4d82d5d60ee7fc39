/** What a site's owners are told without looking: settings and answer of `/v1/sites/{site}/alerts`. */

export const alertKinds = ['spike', 'silence', 'rage', 'goalDrop'] as const;
export type AlertKind = (typeof alertKinds)[number];

export const alertEmailsMax = 5;
export const alertUrlLengthMax = 500;
export const quietMinutesMin = 10;
export const quietMinutesMax = 1_440;

/** Nothing is looked at while there is nobody to tell. */
export interface AlertSettings {
  /** Four times the page views that are usual at this hour. */
  spike: boolean;
  /** Half an hour without a page view, at an hour that usually has them. */
  silence: boolean;
  /** Four times the rage clicks that are usual at this hour, and on which element most. */
  rage: boolean;
  /** A goal was reached a quarter as often in the last whole hour as is usual at it, or less. */
  goalDrop: boolean;
  /** After an alert of one kind, none of that kind for so long. */
  quietMinutes: number;
  emails: string[];
  /** An incoming webhook of Slack, or ''. */
  slackUrl: string;
  /** Any HTTPS address, or ''. */
  webhookUrl: string;
}

export const defaultAlerts: AlertSettings = {
  spike: true,
  silence: true,
  rage: true,
  goalDrop: true,
  quietMinutes: 60,
  emails: [],
  slackUrl: '',
  webhookUrl: '',
};

export interface AlertsAnswer extends AlertSettings {
  /** Signs what the webhook gets; '' before the first save. */
  webhookSecret: string;
}
