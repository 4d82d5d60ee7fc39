import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { environmentName } from '../../../functions/environment.ts';

const templateFile = 'SitePulse.template.json';

interface Source {
  Resources: Record<string, { Properties?: { Environment?: { Variables?: Record<string, unknown> } } }>;
}

/**
 * The assembly as it is, but for the limit of a write key, as `-c keyRequestsPerSecondMax=` would make it: no laptop sends so much
 * that the default is met for sure.
 * @throws Error when no function of the template has the limit.
 */
export function limitedAssembly(assembly: string, keyRequestsPerSecondMax: number): string {
  const source = JSON.parse(readFileSync(join(assembly, templateFile), 'utf8')) as Source;
  const limited = Object.values(source.Resources)
    .map(({ Properties }) => Properties?.Environment?.Variables ?? {})
    .filter((variables) => environmentName.keyRequestsPerSecondMax in variables);
  if (limited.length === 0) throw new Error(`no function has ${environmentName.keyRequestsPerSecondMax}`);
  for (const variables of limited) variables[environmentName.keyRequestsPerSecondMax] = String(keyRequestsPerSecondMax);
  const copy = mkdtempSync(join(tmpdir(), 'sitepulse-e2e-burst-'));
  for (const name of readdirSync(assembly).filter((name) => name !== templateFile))
    symlinkSync(join(assembly, name), join(copy, name));
  writeFileSync(join(copy, templateFile), JSON.stringify(source));
  return copy;
}

/** The links go; what they lead to stays. */
export const removeAssembly = (copy: string): void => rmSync(copy, { recursive: true, force: true });
