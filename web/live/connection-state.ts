/** Where the connection stands. Each state has only what is true in it. */
export type ConnectionState =
  /** Asking for a ticket, opening the socket, or waiting for the first snapshot. `attempt` counts from 1. */
  | { name: 'connecting'; attempt: number }
  | { name: 'live' }
  /** The socket is open, but the newest instant processed stands still: numbers are of `asOf`, not of now. */
  | { name: 'late'; asOf: number }
  /** `refused`: the API does not accept the key, so trying again will not help until it is changed. */
  | { name: 'offline'; reason: 'unreachable' | 'closed' | 'refused'; message: string; retryInMs: number };
