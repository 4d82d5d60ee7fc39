/** Where the archive's objects are kept. Every adapter passes `test/contract/archive-store.ts`. */
export interface ArchiveStore {
  /** Puts an object, or puts the same one again. @throws when it could not be kept. */
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** The keys with a prefix in order, behind `after` where given; at most `limit` of them where given. */
  keys(prefix: string, options?: { after?: string; limit?: number }): Promise<string[]>;
  /** Null: there is no such object (any more). */
  get(key: string): Promise<Uint8Array | null>;
  /** Does nothing where there is no such object. */
  delete(key: string): Promise<void>;
}
