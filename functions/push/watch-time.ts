/** How long what a dashboard asked for stands. */

/** A ticket opens a connection within this time. */
export const ticketMs = 60_000;

/** API Gateway closes a WebSocket after two hours (`$disconnect` is best effort, so entries expire by themselves). */
export const connectionMs = 7_200_000;

/** A watch stands this long after its dashboard last asked for anything; it asks at least every 60 s. */
export const watchMs = 150_000;

/** An overlay's token, and the connections opened with its tickets, end after this time. */
export const overlayMs = 900_000;
