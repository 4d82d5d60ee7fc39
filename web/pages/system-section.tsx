import type { SystemAnswer } from '../../functions/contract/system.ts';
import type { Api } from '../live/api.ts';
import { AlarmCard } from '../parts/alarm-card.tsx';
import { Card } from '../parts/card.tsx';
import { LogCard } from '../parts/log-card.tsx';
import { SystemFigures } from '../parts/system-figures.tsx';
import type { Answer } from '../use-live.ts';

/** Whether an alarm rings. Only owners of the site are told: for others the page is whole without it. */
export function SystemAlarms({
  system: { value, error },
  zone,
}: {
  system: Answer<SystemAnswer | null>;
  zone: string;
}) {
  if (value) return <AlarmCard system={value} zone={zone} note={error ? `not refreshed: ${error.message}` : ''} />;
  if (isForOwners(error)) return null;
  return (
    <Card title="The pipeline" className="alarm-card">
      <p className="quiet">{error ? error.message : 'Loading …'}</p>
    </Card>
  );
}

export function SystemDetails({ system, api, zone }: { system: Answer<SystemAnswer | null>; api: Api; zone: string }) {
  if (!system.value) return null;
  return (
    <>
      <SystemFigures system={system.value} zone={zone} />
      <LogCard api={api} zone={zone} />
    </>
  );
}

function isForOwners(error: Error | null): boolean {
  return error !== null && 'status' in error && error.status === 403;
}
