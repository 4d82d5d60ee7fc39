import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ArchiveSqlStack } from './archive-sql-stack.ts';
import { type Configuration, readConfiguration } from './configuration.ts';
import { readContext } from './context.ts';
import { EdgeStack } from './edge-stack.ts';
import { SitePulseStack } from './sitepulse-stack.ts';

// The CDK's own command passes the context on, and asks for paths in the template's metadata. Run without it (which is faster,
// and what the embedded cloud does, with CDK_OUTDIR), the same file gives the same template.
const app = new App({
  analyticsReporting: false,
  context: { ...readContext(), 'aws:cdk:enable-path-metadata': true, 'aws:cdk:enable-asset-metadata': true },
});
Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
const configuration = chosen();
const { pulse } = new SitePulseStack(app, 'SitePulse', {
  description: 'SitePulse: real-time web analytics and heatmaps',
  configuration,
});
if (configuration.archiveSql) {
  new ArchiveSqlStack(app, 'SitePulseSql', {
    description: 'SitePulse: SQL over the archive by Athena',
    archive: pulse.archive,
  });
}
new EdgeStack(app, 'SitePulseEdge', {
  description: 'SitePulse: the dashboard, the snippet and the API on one domain',
  apiUrl: pulse.apiUrl,
  domainName: configuration.domainName,
  certificateArn: configuration.certificateArn,
  hostedZoneId: configuration.hostedZoneId,
});
app.synth();

/** A wrong setting is somebody's slip, not a fault of the program: its sentence says all, and a stack would hide it. */
function chosen(): Configuration {
  try {
    return readConfiguration(app.node);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}
