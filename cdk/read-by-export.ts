import { CrossStackReferences, ReferenceStrength, type Stack } from 'aws-cdk-lib';

/**
 * Has `stack` read what other stacks make by `Fn::ImportValue`. The CDK's newer way, `Fn::GetStackOutput`, is not taken as an argument of
 * another function (`Fn::Split`, `Fn::Join`) in all regions: https://github.com/aws/aws-cdk/pull/37948
 */
export function readByExport(stack: Stack): void {
  CrossStackReferences.of(stack).consume(ReferenceStrength.STRONG);
}
