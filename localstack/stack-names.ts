import { join } from 'node:path';
import { type EnvironmentName, environmentName } from '../functions/environment.ts';
import { readTemplate } from './embedded/template.ts';

/** What the stack's resources are called where it runs, and the constants that its functions were given. */
export interface StackNames {
  streamName: string;
  streamGeneration: number;
  epoch: string;
  countersTable: string;
  visitorsTable: string;
  admissionsTable: string;
  sitesTable: string;
  archiveBucket: string;
}

/** From the template that `npm start` has synthesised. @throws Error when there is none, or when it lacks one of the names. */
export function readStackNames(assembly: string = join(import.meta.dirname, '..', 'cdk.out')): StackNames {
  // With an issuer of its own, as it runs here: without one, the template has a user pool, which this machine does not.
  const parameters = { OidcIssuerUrl: 'http://localhost' };
  const functions = readTemplate(assembly, 'SitePulse', parameters).ofType('AWS::Lambda::Function');
  const find = (name: EnvironmentName): string => {
    for (const { properties } of functions) {
      const variables = properties.fields('Environment').fields('Variables');
      if (variables.has(name)) return variables.text(name);
    }
    throw new Error(`no function of the template in ${assembly} has ${name} in its environment`);
  };
  return {
    streamName: find(environmentName.streamName),
    streamGeneration: Number(find(environmentName.streamGeneration)),
    epoch: find(environmentName.epoch),
    countersTable: find(environmentName.countersTable),
    visitorsTable: find(environmentName.visitorsTable),
    admissionsTable: find(environmentName.admissionsTable),
    sitesTable: find(environmentName.sitesTable),
    archiveBucket: find(environmentName.archiveBucket),
  };
}
