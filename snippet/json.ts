/** As they were when the snippet started: see `platform.ts`. */
export const { parse, stringify } = JSON;
