/** Who can sign in at the local issuer: the owner of this machine, and somebody to try a viewer's rights with. */
export interface LocalPerson {
  /** The `sub` of tokens. */
  id: string;
  email: string;
  name: string;
  groups: readonly string[];
  /** On the button of the sign-in page. */
  button: string;
}

/** https://www.rfc-editor.org/rfc/rfc6761#section-6.2: no mail ever reaches anybody under `.test`. */
export const localOwner: LocalPerson = {
  id: 'local-owner',
  email: 'owner@sitepulse.test',
  name: 'Local owner',
  groups: ['owners'],
  button: 'Continue as the local owner',
};

export const localViewer: LocalPerson = {
  id: 'local-viewer',
  email: 'viewer@sitepulse.test',
  name: 'Local viewer',
  groups: [],
  button: 'Continue as a viewer',
};

export const localPeople: readonly LocalPerson[] = [localOwner, localViewer];

/** The dashboard, as the issuer knows it. */
export const localClientId = 'sitepulse-dashboard';
