import type { Holder } from '../contract/account.ts';
import { rightOf } from './access.ts';
import type { AccessStore } from './access-store.ts';

/** For whoever pushes: tells, of the holders of rights at a site, whose right stands at `now`. */
export function standingAt(access: Pick<AccessStore, 'read'>) {
  return async (site: string, now: number): Promise<(by: Holder) => boolean> => {
    const document = await access.read(site);
    return (by) => rightOf(document, by, now) !== null;
  };
}
