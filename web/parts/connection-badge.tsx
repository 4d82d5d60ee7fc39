import type { ConnectionState } from '../live/connection-state.ts';

const words: Record<ConnectionState['name'], string> = {
  connecting: 'Connecting',
  live: 'Live',
  late: 'Late',
  offline: 'Offline',
};

/** Read out when it changes; numbers are not. */
export function ConnectionBadge({ state }: { state: ConnectionState }) {
  return (
    <p
      className={`connection connection-${state.name}`}
      data-testid="connection"
      data-connection={state.name}
      title={explain(state)}
      aria-live="polite"
    >
      <span className="connection-dot" aria-hidden="true" />
      {words[state.name]}
      <span className="visually-hidden">. {explain(state)}</span>
    </p>
  );
}

function explain(state: ConnectionState): string {
  switch (state.name) {
    case 'connecting':
      return state.attempt > 1 ? `Attempt ${state.attempt} to reach the API` : 'Reaching the API';
    case 'live':
      return 'Numbers move as visitors do';
    case 'late':
      return 'Processing stands still: numbers are frozen at the last instant processed';
    case 'offline':
      return `${state.message} Trying again`;
  }
}
