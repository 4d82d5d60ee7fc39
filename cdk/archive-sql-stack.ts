import { Aws, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { eventsQuery } from './archive-sql.ts';
import { readByExport } from './read-by-export.ts';

export interface ArchiveSqlStackProps extends StackProps {
  /** Holds the archive under `events/`; answers of queries go to `athena/` in it. */
  archive: Bucket;
}

/** A query that reads more is stopped: at $5 a terabyte this is 50 cents. */
const bytesScannedMax = 100 * 1024 ** 3;

/**
 * SQL over the archive by Athena: a table over the layout that the archiver writes, whose partitions are worked out from the
 * query and listed nowhere. Costs nothing while nobody asks. On AWS alone: on one machine, `npm run sql` asks the same layout.
 */
export class ArchiveSqlStack extends Stack {
  constructor(scope: Construct, id: string, { archive, ...props }: ArchiveSqlStackProps) {
    super(scope, id, props);
    readByExport(this);
    const database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: 'sitepulse', description: 'The archive of SitePulse' },
    });
    const lines = this.table(archive);
    lines.addResourceDependency(database);
    const workGroup = new CfnWorkGroup(this, 'WorkGroup', {
      name: 'sitepulse',
      description: 'Queries over the archive of SitePulse',
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        bytesScannedCutoffPerQuery: bytesScannedMax,
        resultConfiguration: {
          outputLocation: `s3://${archive.bucketName}/athena/`,
          encryptionConfiguration: { encryptionOption: 'SSE_S3' },
        },
      },
    });
    workGroup.applyRemovalPolicy(RemovalPolicy.DESTROY);
    const events = new CfnNamedQuery(this, 'Events', {
      database: 'sitepulse',
      workGroup: 'sitepulse',
      name: 'Events of a day, each once',
      description: 'A beginning: put the site and the UTC date in, and ask what you like of `events`.',
      queryString: eventsQuery,
    });
    events.addResourceDependency(workGroup);
    events.addResourceDependency(lines);
  }

  /** One column, the line: what is in it is read by JSON functions, so that no format of a record can break the table. */
  private table(archive: Bucket): CfnTable {
    return new CfnTable(this, 'Lines', {
      catalogId: Aws.ACCOUNT_ID,
      databaseName: 'sitepulse',
      tableInput: {
        name: 'lines',
        description: 'One row a record, as it stood on the stream; some stand here twice.',
        tableType: 'EXTERNAL_TABLE',
        partitionKeys: [
          { name: 'site', type: 'string' },
          { name: 'day', type: 'string', comment: 'UTC, YYYY-MM-DD' },
          { name: 'hour', type: 'int', comment: 'UTC, 0..23' },
        ],
        parameters: {
          EXTERNAL: 'TRUE',
          'projection.enabled': 'true',
          // A query must name its site: so it can read no more than one.
          'projection.site.type': 'injected',
          'projection.day.type': 'date',
          'projection.day.format': 'yyyy-MM-dd',
          'projection.day.range': '2026-01-01,NOW',
          'projection.hour.type': 'integer',
          'projection.hour.range': '0,23',
          'projection.hour.digits': '2',
          'storage.location.template': `s3://${archive.bucketName}/events/site=\${site}/date=\${day}/hour=\${hour}/`,
        },
        storageDescriptor: {
          location: `s3://${archive.bucketName}/events/`,
          columns: [{ name: 'line', type: 'string' }],
          inputFormat: 'org.apache.hadoop.mapred.TextInputFormat',
          outputFormat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
          compressed: true,
          serdeInfo: {
            serializationLibrary: 'org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe',
            // A control character, which JSON never holds as it is: so the line is never cut.
            parameters: { 'field.delim': '\u0001', 'serialization.format': '\u0001' },
          },
        },
      },
    });
  }
}
