import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Duration, RemovalPolicy, Stack, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { flattenCfnReference } from 'cdk-nag/lib/utils/flatten-cfn-reference.js';
import { Construct } from 'constructs';
import type { EnvironmentName } from '../functions/environment.ts';

/** What all functions of a deployment have in common. */
export interface FunctionDefaults {
  /** The folder that holds one folder per bundled function: `dist/functions`. */
  assetRoot: string;
  logRetentionDays: number;
  /** Whether X-Ray traces it. */
  tracing: boolean;
}

export interface PulseFunctionProps extends FunctionDefaults {
  /** Its folder under `assetRoot`, which holds `index.mjs`. */
  name: string;
  description: string;
  memoryMegabytes: number;
  timeoutSeconds: number;
  environment: Partial<Record<EnvironmentName, string>>;
  /** @default Architecture.ARM_64 */
  architecture?: Architecture;
  /** @default - as many at once as the account allows */
  reservedConcurrency?: number;
}

/** One function of the pipeline: its bundle, a log group that expires, and a role that may do nothing but what is allowed here. */
export class PulseFunction extends Construct {
  readonly lambda: LambdaFunction;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: PulseFunctionProps) {
    super(scope, id);
    const folder = join(props.assetRoot, props.name);
    if (!existsSync(join(folder, 'index.mjs'))) {
      throw new Error(`${join(folder, 'index.mjs')} is missing: run "npm run build" first`);
    }
    this.logGroup = new LogGroup(this, 'Log', {
      retention: props.logRetentionDays,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // A role of its own instead of the managed policy, which would let it write to every log group of the account.
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    this.lambda = new LambdaFunction(this, 'Function', {
      description: props.description,
      runtime: Runtime.NODEJS_24_X,
      architecture: props.architecture ?? Architecture.ARM_64,
      code: Code.fromAsset(folder),
      handler: 'index.handler',
      role,
      logGroup: this.logGroup,
      memorySize: props.memoryMegabytes,
      timeout: Duration.seconds(props.timeoutSeconds),
      tracing: props.tracing ? Tracing.ACTIVE : Tracing.DISABLED,
      environment: props.environment,
      ...(props.reservedConcurrency ? { reservedConcurrentExecutions: props.reservedConcurrency } : {}),
    });
    this.allow(['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn);
    if (props.tracing) this.explainTracing();
  }

  /** https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
  private explainTracing(): void {
    const reason = 'Traces are put to X-Ray, which knows no resources for that; nothing can be read by it.';
    Validations.of(this).acknowledge({ id: 'AwsSolutions-IAM5[Resource::*]', reason });
  }

  /** Adds exactly these actions on exactly this resource to the function's role. */
  allow(actions: string[], resource: string): void {
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [resource] }));
  }

  /** The same on the items of a table whose partition key is like one of `keys`, such as `site|*`: for tables that hold secrets beside. */
  allowItems(actions: string[], table: string, keys: string[]): void {
    const conditions = { 'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': keys } };
    this.lambda.addToRolePolicy(new PolicyStatement({ actions, resources: [table], conditions }));
  }

  /** The same on resources that can't be named one by one: `resource` ends in `*`, and `because` says why that is as narrow as can be. */
  allowWithin(actions: string[], resource: string, because: string, conditions?: Record<string, unknown>): void {
    this.lambda.addToRolePolicy(
      new PolicyStatement({ actions, resources: [resource], ...(conditions ? { conditions } : {}) }),
    );
    const finding = flattenCfnReference(Stack.of(this).resolve(resource));
    Validations.of(this).acknowledge({ id: `AwsSolutions-IAM5[Resource::${finding}]`, reason: because });
  }
}
