import { isbot } from 'isbot';

/** Why nobody is believed to sit behind an agent: codes of the refusals that an owner sees. */
export type BotCode = 'bot' | 'no-agent';

export const botMessage: Record<BotCode, string> = {
  bot: 'the agent calls itself a crawler, a monitor, a script or a headless browser: answered as others are, and not counted',
  'no-agent': 'no agent is named: answered as others are, and not counted',
};

/**
 * Crawlers, monitors, scripts, and whoever names no agent at all; null for everybody else. Browsers that call themselves headless
 * count as bots, too: a test or a simulated visitor that should be counted sets an ordinary user agent.
 */
export function botCode(userAgent: string): BotCode | null {
  if (userAgent.trim() === '') return 'no-agent';
  return isbot(userAgent) ? 'bot' : null;
}
