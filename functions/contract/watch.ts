/** Whether somebody looks at a site now, and how often its pages should then send movement (1000..10000 ms). */
export interface Watch {
  watched: boolean;
  everyMs: number;
}
export const everyMsMin = 1_000;
export const everyMsMax = 10_000;
/** Until the processor has seen how many pages send: a dashboard that is opened in a rush must not add to it. */
export const everyMsUnknown = 5_000;
