import { describe, expect, it } from 'vitest';
import { namesFrom } from '../../localstack/stack-outputs.ts';
import { templateWith } from './synthesised.ts';

const outputs = Object.keys(templateWith().toJSON().Outputs as object).map((OutputKey) => ({
  OutputKey,
  OutputValue: /Generation|Epoch/.test(OutputKey) ? '7' : `the ${OutputKey}`,
}));

describe('the outputs of a deployed stack', () => {
  it('tell operators’ commands all that they must know', () => {
    expect(namesFrom('SitePulse', outputs)).toEqual({
      streamName: 'the StreamName',
      streamGeneration: 7,
      epoch: '7',
      countersTable: 'the CountersTableName',
      visitorsTable: 'the VisitorsTableName',
      admissionsTable: 'the AdmissionsTableName',
      sitesTable: 'the SitesTableName',
      archiveBucket: 'the ArchiveBucketName',
    });
  });

  it('that are an older version’s are refused by name', () => {
    const older = outputs.filter(({ OutputKey }) => OutputKey !== 'Epoch');
    expect(() => namesFrom('Shop', older)).toThrow('stack "Shop" has no output Epoch: deploy this version');
  });
});
