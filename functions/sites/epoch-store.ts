import type { Lane, Position } from '../contract/position.ts';

/**
 * Which build of the counters is read and written. Every key and message names its epoch; a rebuild makes the next one beside the
 * one in use, and then this pointer moves. Every adapter passes `test/contract/epoch-store.ts`.
 */
export interface EpochPointer {
  epoch: string;
  /** It is not built to its end yet: nothing is counted until it is. */
  handover: boolean;
  /** When it moved here, ms since the epoch. */
  movedAt: number;
}

/** The rebuild that was begun last. It has ended when the pointer stands at its epoch, with nothing left to hand over. */
export interface EpochBuild {
  epoch: string;
  /** The epoch that was in use when it began. */
  from: string;
}

/** Whether a rebuild was begun that may yet go on. `pointer`: the epoch in use. */
export function isOpenBuild(build: EpochBuild, pointer: Pick<EpochPointer, 'epoch' | 'handover'>): boolean {
  return build.epoch === pointer.epoch ? pointer.handover : build.from === pointer.epoch;
}

/** All reads are consistent: a batch that is counted in an epoch must be followed by none that is counted in the one before. */
export interface EpochStore {
  /** Null: it has never moved, and the configured epoch is in use. */
  pointer(): Promise<EpochPointer | null>;
  /**
   * Moves the pointer, for handing over. `now`: ms since the epoch. False: it does not stand at `from` (any more). Never moved, it
   * stands anywhere.
   */
  switchTo(from: string, to: string, now: number): Promise<boolean>;
  /** Ends the handing over of an epoch. Does nothing when it is not the one in use. */
  settle(epoch: string): Promise<void>;

  /** Every record of the lane up to here is in the epoch; null: none that we know of. */
  built(epoch: string, lane: Lane): Promise<Position | null>;
  setBuilt(epoch: string, lane: Lane, position: Position): Promise<void>;

  build(): Promise<EpochBuild | null>;
  /** Puts a build on record if `before` (null: none) is still the epoch of the one that is there. False: it is not. */
  beginBuild(build: EpochBuild, before: string | null): Promise<boolean>;

  /**
   * Rebuilding is one's at a time: `holder` has it from `now` until `until` (ms since the epoch), unless another has it now.
   * Null: it is the holder's; else until when it is another's.
   */
  hold(holder: string, now: number, until: number): Promise<number | null>;
}
