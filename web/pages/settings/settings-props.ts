import type { SiteAnswer } from '../../../functions/contract/account.ts';
import type { SiteAdmin } from '../../live/account-api.ts';

/** What a tab that changes settings is given. */
export interface SettingsProps {
  admin: SiteAdmin;
  settings: SiteAnswer;
  /** Is told the settings as they are now. */
  onSaved: (settings: SiteAnswer) => void;
}
