import type { LogAnswer, LoggedFunction, SystemAnswer } from '../contract/system.ts';

/** What watches the deployment: its alarms, what it measures, its logs. */
export interface Monitor {
  /** @throws what the service throws. */
  system(now: number): Promise<SystemAnswer>;
  /** The last lines of a function, of the last ten minutes. `problems`: warnings and errors only. */
  log(fn: LoggedFunction, problems: boolean, now: number): Promise<LogAnswer>;
}
