import type { CostAnswer } from '../../functions/contract/cost-answer.ts';
import { budgetView, formatUsd } from '../view/money.ts';
import { formatCount, formatNumbered, formatWhole } from '../view/number-format.ts';
import { Card } from './card.tsx';

/** The month so far and where it goes, against its budget. */
export function MonthCost({ cost, title, note }: { cost: CostAnswer; title: string; note: string }) {
  const { usd, forecastUsd, usdPerMillionEvents, events, pageViews } = cost;
  const budget = budgetView(cost);
  return (
    <Card title={title} note={note} className="month-cost">
      <p className="month-cost-usd" data-testid="cost-so-far">
        {formatUsd(usd)}
      </p>
      {budget && (
        <div className={`budget is-${budget.tone}`}>
          <div className="budget-bar" aria-hidden="true">
            <span className="budget-forecast" style={{ transform: `scaleX(${budget.forecastShare})` }} />
            <span className="budget-spent" style={{ transform: `scaleX(${budget.spentShare})` }} />
          </div>
          <p role="status">{budget.text}</p>
        </div>
      )}
      <dl className="month-cost-figures">
        <Figure name="Forecast for the month" value={formatUsd(forecastUsd)} title="if it goes on as until now" />
        <Figure
          name="A million events"
          value={usdPerMillionEvents === null ? '–' : formatUsd(usdPerMillionEvents)}
          title={`${formatNumbered(events, 'event')} accepted`}
        />
        <Figure name="Events" value={formatCount(events)} title={formatWhole(events)} />
        <Figure name="Page views" value={formatCount(pageViews)} title={formatWhole(pageViews)} />
      </dl>
    </Card>
  );
}

function Figure({ name, value, title }: { name: string; value: string; title: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd title={title}>{value}</dd>
    </div>
  );
}
