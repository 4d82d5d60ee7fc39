import type { FunnelsAnswer } from '../../functions/contract/funnels-answer.ts';
import { csvText } from './csv.ts';

/** Goals, and then funnels with a row for each step. Figures are bare: shares from 0 to 1 with four digits. */
export function goalCsv({ goals, funnels, sessions }: FunnelsAnswer): string {
  const head = ['kind', 'name', 'step', 'what', 'match', 'conversions', 'sessions', 'share', 'dropped', 'all sessions'];
  const rows = [
    ...goals.map((goal) => {
      const { name, what, match, conversions } = goal;
      return ['goal', name, null, what, match, conversions, goal.sessions, rounded(goal.rate), null, sessions];
    }),
    ...funnels.flatMap(({ name, steps }) =>
      steps.map((step, index) => {
        const { what, match, share, dropped } = step;
        return ['funnel', name, index + 1, what, match, null, step.sessions, rounded(share), dropped, sessions];
      }),
    ),
  ];
  return csvText([head, ...rows]);
}

function rounded(share: number): number {
  return Math.round(share * 10_000) / 10_000;
}
