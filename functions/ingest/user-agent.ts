import Bowser from 'bowser';
import { type BotCode, botCode } from './bot.ts';

/** All that is kept of a user agent. Names come from fixed lists: they become names of counters. */
export interface AgentFacts {
  bot: BotCode | null;
  browser: string;
  os: string;
}

export const otherName = 'Other';
/** Real agents have up to about 300 characters; the patterns that read them are not let loose on more than this. */
export const userAgentLengthMax = 512;
const remembered = new Map<string, AgentFacts>();
const rememberedMax = 1_000;

const browsers = new Set(Object.values(Bowser.BROWSER_MAP));
const systems = new Set(Object.values(Bowser.OS_MAP));

/** Remembers what it found for the last agents: reading one takes 12 µs, more than all the rest of a batch's decoding. */
export function agentFacts(userAgent: string): AgentFacts {
  const agent = userAgent.slice(0, userAgentLengthMax);
  const known = remembered.get(agent);
  if (known) return known;
  const facts = readAgent(agent);
  if (remembered.size >= rememberedMax) remembered.clear();
  remembered.set(agent, facts);
  return facts;
}

function readAgent(agent: string): AgentFacts {
  const bot = botCode(agent);
  if (bot) return { bot, browser: otherName, os: otherName };
  const { browser, os } = Bowser.parse(agent);
  // The library falls back to the agent's first word: anybody could make up names by the thousand.
  return { bot, browser: oneOf(browsers, browser.name), os: oneOf(systems, os.name) };
}

function oneOf(names: ReadonlySet<string>, name: string | undefined): string {
  return name !== undefined && names.has(name) ? name : otherName;
}
