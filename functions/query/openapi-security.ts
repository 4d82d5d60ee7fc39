/** Who may call a route, as the OpenAPI document says it: alternatives, each a kind of bearer with the role that it needs. */
import type { Route } from './route.ts';

const bearer = (description: string) => ({ type: 'http', scheme: 'bearer', description });

export const securitySchemes = {
  user: { ...bearer('An access token of the OIDC issuer. Roles: owner, viewer of the site.'), bearerFormat: 'JWT' },
  key: bearer('An API key of the site. Roles: read, write.'),
  share: bearer('A share link’s token, from /v1/share-tokens: reads one site.'),
  overlay: bearer('An overlay’s token, from /v1/overlay-token: reads what overlays draw, of one site.'),
};
export type SecurityScheme = keyof typeof securitySchemes;
/** One of these opens the route. OpenAPI 3.1 lets a scheme of type `http` name the roles that it needs. */
type Requirement = Partial<Record<SecurityScheme, string[]>>;

export function securityOf({ access, forOverlays }: Pick<Route, 'access' | 'forOverlays'>): Requirement[] {
  const overlays: Requirement[] = forOverlays ? [{ overlay: [] }] : [];
  switch (access) {
    case 'public':
      return [];
    case 'user':
      return [{ user: [] }];
    case 'any':
      return [{ user: [] }, { key: ['read'] }, { share: [] }];
    case 'read':
      return [{ user: ['viewer'] }, { key: ['read'] }, { share: [] }, ...overlays];
    case 'write':
      return [{ user: ['owner'] }, { key: ['write'] }];
    case 'own':
      return [{ user: ['owner'] }];
  }
}

export function whoMay({ access }: Pick<Route, 'access'>): string {
  return {
    public: 'anybody may',
    user: 'a signed-in user may',
    any: 'any bearer but an overlay’s may',
    read: 'members, API keys and share links of the site may',
    write: 'owners, and API keys of scope write, of the site may',
    own: 'signed-in owners of the site may',
  }[access];
}
