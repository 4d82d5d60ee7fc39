import { Component, type ReactNode } from 'react';
import { Notice } from './notice.tsx';

interface Props {
  /** A fault is shown for as long as this stays the same: with another page the reader gets another try. */
  place: string;
  children: ReactNode;
}
interface State {
  fault: unknown;
  place: string;
}

/**
 * Shows what is wrong where React would take away everything: a fault of our own, or a part of the dashboard that could not be
 * fetched (offline, or a newer dashboard was put in its place).
 */
export class FaultBoundary extends Component<Props, State> {
  override state: State = { fault: null, place: this.props.place };

  static getDerivedStateFromError(fault: unknown): Partial<State> {
    return { fault: fault ?? new Error('something unnamed was thrown') };
  }

  static getDerivedStateFromProps({ place }: Props, state: State): State | null {
    return place === state.place ? null : { fault: null, place };
  }

  override render(): ReactNode {
    const { fault } = this.state;
    if (fault === null) return this.props.children;
    return (
      <>
        <h1 className="visually-hidden">A fault of the dashboard</h1>
        <Notice title="This page cannot be shown" tone="error">
          <p>
            Nothing that was counted is touched by it. Reload; if it is the same again, tell whoever runs this SitePulse
            what is said here:
          </p>
          <pre>{String(fault)}</pre>
          <button type="button" className="button" onClick={() => location.reload()}>
            Reload
          </button>
        </Notice>
      </>
    );
  }
}
