import type { FunnelsAnswer, GoalFigures } from '../../functions/contract/funnels-answer.ts';
import { goalColumns, sinceText, targetText } from '../view/goal-text.ts';
import { formatCount, formatShare, formatWhole } from '../view/number-format.ts';
import { BarChart } from './bar-chart.tsx';
import { Card } from './card.tsx';

interface Props {
  goal: GoalFigures;
  answer: FunnelsAnswer;
  loading: boolean;
}

/** One goal: the share of sessions that reach it, how often it was reached, and when. */
export function GoalCard({ goal, answer, loading }: Props) {
  const { unit, from, zone, sessions } = answer;
  const since = sinceText(goal.since, from, zone);
  const columns = goalColumns(goal, unit, Date.now(), zone);
  return (
    <Card title={goal.name} note={targetText(goal)} className="goal-card">
      <dl className="goal-figures">
        <div>
          <dt>Rate</dt>
          <dd data-testid={`rate-${goal.id}`} title={`${formatWhole(goal.sessions)} of ${formatWhole(sessions)}`}>
            {formatShare(goal.sessions, sessions)}
          </dd>
        </div>
        <div>
          <dt>Conversions</dt>
          <dd data-testid={`conversions-${goal.id}`} title={formatWhole(goal.conversions)}>
            {formatCount(goal.conversions)}
          </dd>
        </div>
        <div>
          <dt>Sessions</dt>
          <dd data-testid={`sessions-${goal.id}`} title={formatWhole(goal.sessions)}>
            {formatCount(goal.sessions)}
          </dd>
        </div>
      </dl>
      <BarChart
        points={columns}
        unit="conversions"
        labelEvery={Math.max(1, Math.ceil(columns.length / 4))}
        height={84}
        loading={loading}
      />
      {since && <p className="goal-since quiet">{since}</p>}
    </Card>
  );
}
