import { useState } from 'react';
import { type LoggedFunction, loggedFunctions } from '../../functions/contract/system.ts';
import type { Api } from '../live/api.ts';
import { useAnswer } from '../use-live.ts';
import { logText } from '../view/system-text.ts';
import { formatSecond } from '../view/time-format.ts';
import { Card } from './card.tsx';
import { Segmented } from './segmented.tsx';

const levels = ['problem', 'all'] as const;
const refreshEveryMs = 10_000;

/** The last lines that a function wrote. */
export function LogCard({ api, zone }: { api: Api; zone: string }) {
  const [fn, setFn] = useState<LoggedFunction>('ingest');
  const [level, setLevel] = useState<(typeof levels)[number]>('problem');
  const { value, error } = useAnswer(`log ${fn} ${level}`, () => api.log(fn, level), refreshEveryMs);
  return (
    <Card title="Logs" note={level === 'problem' ? 'ten minutes' : 'one minute'} className="log-card">
      <div className="log-choice">
        <Segmented
          label="Whose log"
          options={loggedFunctions}
          labels={{
            ingest: 'Ingest',
            process: 'Process',
            archive: 'Archive',
            query: 'Query',
            socket: 'Socket',
            capture: 'Capture',
          }}
          value={fn}
          onChange={setFn}
        />
        <Segmented
          label="Which lines"
          options={levels}
          labels={{ problem: 'Problems', all: 'Everything' }}
          value={level}
          onChange={setLevel}
        />
      </div>
      {error && <p className="quiet">{error.message}</p>}
      {!value && !error && <p className="quiet">Loading …</p>}
      {value?.lines.length === 0 && (
        <p className="quiet">{level === 'problem' ? 'No warnings and no errors.' : 'It wrote nothing.'}</p>
      )}
      {value && value.lines.length > 0 && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard.
        <ol className="log-lines" tabIndex={0} aria-label="Log lines, newest first" data-testid="log-lines">
          {value.lines.map(({ at, text }, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same line may come twice in one instant.
            <LogLine key={`${at} ${index}`} at={at} text={text} zone={zone} />
          ))}
        </ol>
      )}
      {value?.isMore && <p className="quiet">There are more in the log itself.</p>}
    </Card>
  );
}

function LogLine({ at, text, zone }: { at: number; text: string; zone: string }) {
  const { level, message, rest } = logText(text);
  return (
    <li className={`is-${level || 'plain'}`}>
      <time>{formatSecond(at, zone)}</time>
      <span>
        {message} {rest && <span className="quiet">{rest}</span>}
      </span>
    </li>
  );
}
