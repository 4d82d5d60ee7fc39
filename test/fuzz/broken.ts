/** What must never be, was. */
export class Broken extends Error {}
