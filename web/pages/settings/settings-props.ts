import type { SiteAnswer } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';
import type { Session } from '../../session.ts';

/** What a tab that changes settings is given. */
export interface SettingsProps {
  admin: SiteAdmin;
  /** What the site's pages were seen to be. */
  session: Session;
  zone: string;
  settings: SiteAnswer;
  /** Is told the settings as they are now. */
  onSaved: (settings: SiteAnswer) => void;
}
