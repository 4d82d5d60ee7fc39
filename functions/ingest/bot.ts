import { isbot } from 'isbot';

/**
 * Whether nobody sits behind this agent: crawlers, monitors, scripts, and whoever names no agent at all. Browsers that call
 * themselves headless count as bots, too: a test or a simulated visitor that should be counted sets an ordinary user agent.
 */
export function isBot(userAgent: string): boolean {
  return userAgent.trim() === '' || isbot(userAgent);
}
