import { Stack, Validations } from 'aws-cdk-lib';
import { CfnSlackChannelConfiguration } from 'aws-cdk-lib/aws-chatbot';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Configuration } from './configuration.ts';

/** Where alarms go, when they ring and when they are over: e-mail and Slack, by configuration. */
export class WarningTopic extends Construct {
  readonly topic: Topic;

  constructor(
    scope: Construct,
    id: string,
    { alarmEmails, alarmSlack }: Pick<Configuration, 'alarmEmails' | 'alarmSlack'>,
  ) {
    super(scope, id);
    // Not encrypted by a key: CloudWatch can't publish under the one that AWS manages, and an alarm tells nothing of visitors.
    this.topic = new Topic(this, 'Topic', { displayName: 'SitePulse', enforceSSL: true });
    // Once a topic has a policy, it must name CloudWatch, too.
    this.topic.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [this.topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    const emails = alarmEmails.split(',').map((email) => email.trim());
    for (const email of emails.filter((one) => one !== '')) this.topic.addSubscription(new EmailSubscription(email));
    const [workspaceId, channelId] = alarmSlack.split('/');
    if (workspaceId && channelId) this.addSlack(workspaceId, channelId);
  }

  /** https://docs.aws.amazon.com/chatbot/latest/adminguide/slack-setup.html */
  private addSlack(workspaceId: string, channelId: string): void {
    const role = new Role(this, 'SlackRole', { assumedBy: new ServicePrincipal('chatbot.amazonaws.com') });
    // To draw an alarm's graph into the message.
    role.addToPolicy(new PolicyStatement({ actions: ['cloudwatch:GetMetricWidgetImage'], resources: ['*'] }));
    Validations.of(role).acknowledge({
      id: 'AwsSolutions-IAM5[Resource::*]',
      reason: 'GetMetricWidgetImage knows no resources; it draws what a metric shows.',
    });
    new CfnSlackChannelConfiguration(this, 'Slack', {
      configurationName: `${Stack.of(this).stackName}-alarms`,
      iamRoleArn: role.roleArn,
      slackWorkspaceId: workspaceId,
      slackChannelId: channelId,
      snsTopicArns: [this.topic.topicArn],
      loggingLevel: 'ERROR',
      // What members of the channel may do by it: look at metrics, and nothing else.
      guardrailPolicies: [`arn:${Stack.of(this).partition}:iam::aws:policy/CloudWatchReadOnlyAccess`],
    });
  }
}
