import { Template } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks } from 'cdk-nag';
import { describe, expect, it } from 'vitest';
import { ArchiveSqlStack } from '../../cdk/archive-sql-stack.ts';
import { archiveKey } from '../../functions/archive/archive-object.ts';
import { elementKinds, kind } from '../../functions/contract/event.ts';
import { appWith, resourcesOf } from './synthesised.ts';

function sqlStack() {
  const { app, stack } = appWith();
  return { app, sql: new ArchiveSqlStack(app, 'SitePulseSql', { archive: stack.pulse.archive }) };
}
const template = Template.fromStack(sqlStack().sql);
const tableInput = Object.values(resourcesOf(template, 'AWS::Glue::Table'))[0]?.Properties.TableInput as {
  Parameters: Record<string, unknown>;
  PartitionKeys: { Name: string }[];
};

describe('the table over the archive', () => {
  it('finds objects where the archiver puts them', () => {
    const [, parts] = (tableInput.Parameters['storage.location.template'] as { 'Fn::Join': [string, unknown[]] })[
      'Fn::Join'
    ];
    const path = String(parts.at(-1))
      .replace(/\$\{site\}/, 'demo')
      .replace(/\$\{day\}/, '2026-11-23')
      .replace(/\$\{hour\}/, '09');
    const key = archiveKey({
      site: 'demo',
      date: '2026-11-23',
      hour: '09',
      shardId: 'shardId-000000000000',
      first: '1',
      last: '2',
    });
    expect(`/${key}`.startsWith(path)).toBe(true);
  });

  it('works each of its partitions out, hours with two digits, and wants the site named', () => {
    for (const { Name } of tableInput.PartitionKeys)
      expect(tableInput.Parameters).toHaveProperty(`projection.${Name}.type`);
    expect(tableInput.Parameters).toMatchObject({
      'projection.enabled': 'true',
      'projection.site.type': 'injected',
      'projection.hour.range': '0,23',
      'projection.hour.digits': '2',
    });
  });

  it('comes with a query that knows which events name elements', () => {
    const [query] = Object.values(resourcesOf(template, 'AWS::Athena::NamedQuery'));
    expect(kind.view).toBe(0);
    expect(String(query?.Properties.QueryString)).toContain(`IN (${elementKinds.join(', ')})`);
  });

  it('is asked within a bound, and its answers are encrypted', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        BytesScannedCutoffPerQuery: 100 * 1024 ** 3,
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_S3' } },
      },
    });
  });

  it('stands in a stack of its own, so that the pipeline stays portable, and cdk-nag finds nothing', () => {
    const { app } = sqlStack();
    expect(new AwsSolutionsChecks(app).validateScope(app).violations).toEqual([]);
  });
});
