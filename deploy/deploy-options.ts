import { parseArgs } from 'node:util';
import { emailLengthMax } from '../functions/contract/account.ts';
import { originAllowed } from '../functions/contract/origin.ts';
import { Fault } from './fault.ts';

/** The site that a first deployment makes. */
export interface FirstSite {
  site: string;
  name: string;
  zone: string;
  origins: string[];
}

export interface DeployOptions {
  /** Null: none was asked for. */
  first: FirstSite | null;
  /** The e-mail address of whoever is to own the first site; null: the API key alone opens it. */
  owner: string | null;
  /** `name=value`, as `-c` of the CDK takes them: before what `cdk.json` says. */
  settings: string[];
  /** `Name=value`, of the stacks: kept until another is given. */
  parameters: string[];
  /** Do not ask about rights that the deployment widens. */
  isSure: boolean;
}

const usage = `
  npm run deploy -- --origin https://shop.example    the first time: where the pages of the first site are (may be repeated)
    --owner you@shop.example   whoever is to own it: is mailed a password, and may make more sites
    --site shop        the site's id (from the origin)      --name "The shop"   what people call it (the id)
    --zone Europe/Zurich   the zone of its days (this machine's)
    -c shards=2        a setting of cdk.json, for this time  --yes   do not ask about rights
    --parameter AlertSender=pulse@shop.example   a parameter of the stack, from now on`;

/** @throws Fault that names the option, the value found and what to write instead. */
export function deployOptions(args: string[], zoneHere: string): DeployOptions {
  const values = read(args);
  const always = {
    settings: values.context ?? [],
    parameters: (values.parameter ?? []).map(parameterOf),
    isSure: values.yes === true,
  };
  const origins = (values.origin ?? []).flatMap((text) => text.split(',')).map(originOf);
  const [origin] = origins;
  if (!origin) {
    const lost = (['owner', 'site', 'name', 'zone'] as const).find((name) => values[name] !== undefined);
    if (lost) throw new Fault(`--${lost} is of the first site, which needs an --origin, too.${usage}`);
    return { first: null, owner: null, ...always };
  }
  const site = siteOf(values.site ?? new URL(origin.replaceAll('*', 'any')).hostname.replaceAll('.', '-'));
  const first = { site, name: values.name ?? site, zone: zoneOf(values.zone ?? zoneHere), origins };
  const owner = values.owner === undefined ? null : addressOf(values.owner);
  return { first, owner, ...always };
}

function read(args: string[]) {
  const many = { type: 'string', multiple: true } as const;
  const text = { type: 'string' } as const;
  const options = {
    origin: many,
    owner: text,
    site: text,
    name: text,
    zone: text,
    context: { ...many, short: 'c' },
    parameter: many,
    yes: { type: 'boolean' },
  } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Fault(`${error instanceof Error ? error.message : error}. The options are:${usage}`);
  }
}

function originOf(text: string): string {
  const origin = text.trim();
  if (originAllowed(origin, [origin])) return origin;
  throw new Fault(
    `--origin is "${origin}": write scheme and host as a browser does, without a path or a slash at the end, such as https://shop.example, https://*.shop.example or http://localhost:*`,
  );
}

function parameterOf(text: string): string {
  if (/^[A-Za-z]\w*=/.test(text)) return text;
  throw new Fault(`--parameter is "${text}": write its name and its value, such as AlertSender=pulse@shop.example`);
}

function addressOf(owner: string): string {
  if (owner.length <= emailLengthMax && /^[^\s@,]+@[^\s@,]+\.[^\s@,]+$/.test(owner)) return owner;
  throw new Fault(`--owner is "${owner}": write an e-mail address, such as you@shop.example`);
}

function siteOf(site: string): string {
  if (/^[\w-]{1,64}$/.test(site)) return site;
  throw new Fault(`--site is "${site}": write 1 to 64 letters, digits, _ or -, such as shop`);
}

function zoneOf(zone: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
  } catch {
    throw new Fault(`--zone is "${zone}": write a time zone's name, such as Europe/Zurich or UTC`);
  }
}
