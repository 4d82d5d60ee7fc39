/** How far the stream has been processed for a site, told by ticks when no visitor's record tells it (see `TickRecord`). */
export interface ProgressStore {
  set(epoch: string, site: string, at: number): Promise<void>;
  /** 0 where never set. */
  get(epoch: string, site: string): Promise<number>;
}
