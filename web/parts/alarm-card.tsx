import type { SystemAlarm, SystemAnswer, SystemChange } from '../../functions/contract/system.ts';
import { formatNumbered } from '../view/number-format.ts';
import { alarmTitle, stateText } from '../view/system-text.ts';
import { formatInstant } from '../view/time-format.ts';
import { Article } from './article.tsx';
import { Card } from './card.tsx';

interface Props {
  system: SystemAnswer;
  zone: string;
  /** Why what is shown is not fresh; '' where it is. */
  note: string;
}

/** Calm where nothing rings; otherwise each alarm with what it means and what to do. */
export function AlarmCard({ system: { at, alarms, changes }, zone, note }: Props) {
  const ringing = alarms.filter(({ state }) => state === 'alarm');
  return (
    <Card title="The pipeline" note={note} className={`alarm-card ${moodOf(alarms)}`}>
      <p className="alarm-verdict" role="status" data-testid="alarm-verdict">
        {verdictOf(alarms)}
      </p>
      <Measuring alarms={alarms} at={at} zone={zone} />
      {ringing.map((alarm) => (
        <Ringing key={alarm.name} alarm={alarm} zone={zone} />
      ))}
      <details className="alarm-all">
        <summary>All {alarms.length} alarms</summary>
        <ul>
          {alarms.map(({ name, state, what }) => (
            <li key={name}>
              <span className={`alarm-dot is-${state}`} aria-hidden="true" />
              <span>
                <b>{alarmTitle(name)}</b> <span className="quiet">{stateText[state]}</span>
                <br />
                {what}
              </span>
            </li>
          ))}
        </ul>
      </details>
      {changes.length > 0 && <Changes changes={changes} zone={zone} />}
    </Card>
  );
}

function moodOf(alarms: readonly SystemAlarm[]): string {
  if (alarms.some(({ state }) => state === 'alarm')) return 'is-ringing';
  return alarms.some(({ state }) => state === 'unknown') ? 'is-measuring' : '';
}

function verdictOf(alarms: readonly SystemAlarm[]): string {
  const ringing = alarms.filter(({ state }) => state === 'alarm').length;
  if (ringing > 0) return ringing === 1 ? 'One alarm rings' : `${ringing} alarms ring`;
  if (alarms.length === 0) return 'No alarm is set up';
  if (alarms.every(({ state }) => state === 'unknown')) return 'Measuring';
  return alarms.some(({ state }) => state === 'unknown') ? 'All is well so far' : 'All is well';
}

/** The longest period of an alarm (`BudgetSpent`), and as much again, for it may begin at any time within one. */
const firstVerdictMs = 20 * 60_000;

/** How many alarms are still to be heard of, and until when. */
function Measuring({ alarms, at, zone }: { alarms: readonly SystemAlarm[]; at: number; zone: string }) {
  const young = alarms.filter(({ state }) => state === 'unknown');
  if (young.length === 0) return null;
  const until = Math.max(...young.map(({ since }) => since)) + firstVerdictMs;
  return (
    <p className="quiet" data-testid="alarm-measuring">
      {young.length} of {formatNumbered(alarms.length, 'alarm')} {young.length === 1 ? 'has' : 'have'} not measured
      enough yet
      {at < until ? `; all have by ${formatInstant(until, zone)} at the latest.` : '.'}
    </p>
  );
}

function Ringing({ alarm: { name, since, what, reason }, zone }: { alarm: SystemAlarm; zone: string }) {
  return (
    <article className="ringing" data-testid={`ringing-${name}`}>
      <h3>
        {alarmTitle(name)} <span className="quiet">since {formatInstant(since, zone)}</span>
      </h3>
      <p>{what}</p>
      <p className="quiet">{reason}</p>
      <details>
        <summary>What to do</summary>
        <Article name={name} />
      </details>
    </article>
  );
}

const changesShown = 8;

function Changes({ changes, zone }: { changes: readonly SystemChange[]; zone: string }) {
  return (
    <details className="alarm-all">
      <summary>Changes in the last day</summary>
      <ul>
        {changes.slice(0, changesShown).map(({ name, at, to }) => (
          <li key={`${name} ${at}`}>
            <span className={`alarm-dot is-${to}`} aria-hidden="true" />
            <span>
              {formatInstant(at, zone)} <b>{alarmTitle(name)}</b> {stateText[to]}
            </span>
          </li>
        ))}
      </ul>
    </details>
  );
}
