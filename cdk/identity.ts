import { Aws, CfnCondition, CfnDeletionPolicy, type CfnResource, Fn, Token, Validations } from 'aws-cdk-lib';
import {
  CfnManagedLoginBranding,
  CfnUserPool,
  CfnUserPoolClient,
  CfnUserPoolDomain,
  CfnUserPoolGroup,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { type EnvironmentName, environmentName as env } from '../functions/environment.ts';
import type { Configuration } from './configuration.ts';

/** An issuer of your own, as `Configuration` describes it. May be known only when the stack is deployed: empty then means Cognito. */
export type Issuer = Pick<Configuration, 'oidcIssuer' | 'oidcAudience' | 'oidcClientIds'>;
export type IdentityProps = Issuer & Pick<Configuration, 'oidcGroupsClaim' | 'siteCreators' | 'dashboardUrls'>;

export interface Cognito {
  issuer: string;
  clientId: string;
  userPoolId: string;
  /** Its page for signing out, which its discovery document does not name. */
  signOutUrl: string;
  /** Whether it is made at all, where that is known only when the stack is deployed. */
  condition: CfnCondition | null;
}

/**
 * Who people are: the issuer whose access tokens the functions believe. Without one of your own it is a Cognito user pool with
 * managed login, into which only its operator invites people.
 */
export class Identity extends Construct {
  /** For the function that verifies tokens. */
  readonly environment: Partial<Record<EnvironmentName, string>>;
  /** What the dashboard signs in with; null: an issuer of your own, which you know. */
  readonly cognito: Cognito | null;
  private readonly made: CfnResource[] = [];

  constructor(scope: Construct, id: string, props: IdentityProps, given: Issuer = props) {
    super(scope, id);
    const { oidcIssuer: issuer, oidcAudience: audience, oidcClientIds: clientIds } = given;
    const isGiven = issuer !== '' && !Token.isUnresolved(issuer);
    const own = isGiven ? null : this.userPool(props);
    const condition = own && Token.isUnresolved(issuer) ? this.onlyWithout(issuer) : null;
    const either = (ours: string | undefined, theirs: string): string => {
      if (ours === undefined) return theirs;
      return condition ? Fn.conditionIf(condition.logicalId, ours, theirs).toString() : ours;
    };
    this.cognito = own && {
      issuer: own.pool.attrProviderUrl,
      clientId: own.client.ref,
      userPoolId: own.pool.ref,
      signOutUrl: `https://${own.domain.ref}.auth.${Aws.REGION}.amazoncognito.com/logout`,
      condition,
    };
    this.environment = {
      [env.oidcIssuer]: either(this.cognito?.issuer, issuer),
      [env.oidcAudience]: either(own ? '' : undefined, audience),
      [env.oidcClientIds]: either(this.cognito?.clientId, clientIds),
      [env.oidcGroupsClaim]: either(own ? 'cognito:groups' : undefined, props.oidcGroupsClaim),
      [env.siteCreators]: props.siteCreators,
    };
  }

  /** Whether a pool is wanted may be known only when the stack is deployed: then every part of it hangs on that. */
  private onlyWithout(issuer: string): CfnCondition {
    const condition = new CfnCondition(this, 'OwnPool', { expression: Fn.conditionEquals(issuer, '') });
    for (const resource of this.made) resource.cfnOptions.condition = condition;
    return condition;
  }

  private userPool({ siteCreators, dashboardUrls }: IdentityProps) {
    const pool = this.pool();
    const urls = dashboardUrls.split(',').map((url) => url.trim());
    const client = new CfnUserPoolClient(this, 'Client', {
      userPoolId: pool.ref,
      clientName: 'sitepulse-dashboard',
      // A page can keep no secret: code with PKCE instead.
      generateSecret: false,
      supportedIdentityProviders: ['COGNITO'],
      allowedOAuthFlowsUserPoolClient: true,
      allowedOAuthFlows: ['code'],
      allowedOAuthScopes: ['openid', 'email', 'profile'],
      callbackUrLs: urls,
      logoutUrLs: urls,
      // What the login pages offer depends on this: without a flow for passwords, nobody is asked for theirs.
      // https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-managedlogin.html
      explicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
      enableTokenRevocation: true,
      preventUserExistenceErrors: 'ENABLED',
      // Managed login's cookies live an hour, so a shorter token would end no sooner.
      accessTokenValidity: 60,
      idTokenValidity: 60,
      refreshTokenValidity: 30,
      tokenValidityUnits: { accessToken: 'minutes', idToken: 'minutes', refreshToken: 'days' },
    });
    const domain = new CfnUserPoolDomain(this, 'Domain', {
      userPoolId: pool.ref,
      // One name for all of AWS: with the stack's own id in it, two deployments of an account do not meet.
      domain: `sitepulse-${Fn.select(4, Fn.split('-', Fn.select(2, Fn.split('/', Aws.STACK_ID))))}`,
      managedLoginVersion: 2,
    });
    const branding = new CfnManagedLoginBranding(this, 'Branding', {
      userPoolId: pool.ref,
      clientId: client.ref,
      useCognitoProvidedValues: true,
    });
    this.made.push(pool, client, domain, branding);
    if (siteCreators !== '*' && siteCreators !== '') {
      const description = 'May make sites';
      this.made.push(
        new CfnUserPoolGroup(this, 'Creators', { userPoolId: pool.ref, groupName: siteCreators, description }),
      );
    }
    return { pool, client, domain };
  }

  private pool(): CfnUserPool {
    const pool = new CfnUserPool(this, 'Pool', {
      // The least that has managed login: https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-sign-in-feature-plans.html
      userPoolTier: 'ESSENTIALS',
      usernameAttributes: ['email'],
      usernameConfiguration: { caseSensitive: false },
      autoVerifiedAttributes: ['email'],
      // Nobody signs themselves up: figures of a site are its owners' affair.
      adminCreateUserConfig: { allowAdminCreateUserOnly: true },
      accountRecoverySetting: { recoveryMechanisms: [{ name: 'verified_email', priority: 1 }] },
      userAttributeUpdateSettings: { attributesRequireVerificationBeforeUpdate: ['email'] },
      deletionProtection: 'ACTIVE',
      mfaConfiguration: 'OPTIONAL',
      enabledMfas: ['SOFTWARE_TOKEN_MFA'],
      policies: {
        passwordPolicy: {
          minimumLength: 12,
          requireLowercase: true,
          requireUppercase: true,
          requireNumbers: true,
          requireSymbols: true,
          temporaryPasswordValidityDays: 7,
        },
      },
    });
    pool.cfnOptions.deletionPolicy = CfnDeletionPolicy.RETAIN;
    pool.cfnOptions.updateReplacePolicy = CfnDeletionPolicy.RETAIN;
    Validations.of(pool).acknowledge({
      id: 'AwsSolutions-COG2',
      reason:
        'A second factor is offered to everybody; whether all must have one is the operator’s choice in the pool.',
    });
    for (const id of ['AwsSolutions-COG3', 'AwsSolutions-COG8']) {
      const reason =
        'Threat protection needs Cognito’s Plus plan, which is billed by user: an operator may turn it on.';
      Validations.of(pool).acknowledge({ id, reason });
    }
    return pool;
  }
}
