import type { Lane, Position } from '../contract/position.ts';
import { droppedVersions, newestFirst, type RetiredVersion } from './retired-version.ts';
import type { VisitorStore } from './visitor-store.ts';

interface Saved {
  state: string;
  guards: Record<Lane, Position>;
  expiresAt: number;
}

/** Visitor states in this process's memory. */
export function memoryVisitorStore(): VisitorStore {
  const visitors = new Map<string, Saved>();
  const owners = new Map<string, string>();
  const retired = new Map<string, RetiredVersion[]>();

  return {
    async load(site, ids, nowSeconds) {
      const found = new Map<string, { state: string; guards: Record<Lane, Position> }>();
      for (const id of ids) {
        const name = `${site}|${id}`;
        const saved = visitors.get(name);
        if (saved && saved.expiresAt > nowSeconds) {
          found.set(id, { state: saved.state, guards: { ...saved.guards } });
        } else {
          visitors.delete(name);
        }
      }
      return found;
    },

    async save(site, visitor, { lane, guardBefore, position, state, expiresAt }) {
      const name = `${site}|${visitor}`;
      const guards: Record<Lane, Position> = visitors.get(name)?.guards ?? {};
      const guard = guards[lane] ?? null;
      if (guard !== guardBefore) {
        if (guard !== null && guard >= position) return 'superseded';
        throw new Error(
          `state of ${visitor} at ${site}: guard is ${guard}, not ${guardBefore}: lane ${lane} ran twice`,
        );
      }
      visitors.set(name, { state, guards: { ...guards, [lane]: position }, expiresAt });
      return 'saved';
    },

    async claimLoad(site, load, visitor) {
      const name = `${site}|${load}`;
      const owner = owners.get(name) ?? visitor;
      owners.set(name, owner);
      return { visitor: owner, retired: [...(retired.get(name) ?? [])] };
    },

    async retireLoad(site, load, version, guards) {
      const name = `${site}|${load}`;
      const { lane, position } = version;
      const others = (retired.get(name) ?? []).filter((one) => one.lane !== lane || one.position !== position);
      const versions = newestFirst([...others, version]);
      const dropped = new Set(droppedVersions(versions, guards));
      retired.set(
        name,
        versions.filter((one) => !dropped.has(one)),
      );
    },
    ownerOf: async (site, load) => owners.get(`${site}|${load}`) ?? null,
    async forget(site, visitor) {
      visitors.delete(`${site}|${visitor}`);
    },
    async forgetLoad(site, load) {
      owners.delete(`${site}|${load}`);
      retired.delete(`${site}|${load}`);
    },
  };
}
