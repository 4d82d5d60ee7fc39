import { describe, expect, it } from 'vitest';
import { resourcesOf, templateWith } from './synthesised.ts';

const template = templateWith();
const only = (type: string) => Object.values(resourcesOf(template, type))[0]?.Properties ?? {};

describe('the user pool', () => {
  it('has the pages that people sign in at, and the plan that they need', () => {
    // "In the Lite feature plan, the classic hosted UI is your only option":
    // https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-managed-login.html
    expect(only('AWS::Cognito::UserPool').UserPoolTier).toBe('ESSENTIALS');
    expect(only('AWS::Cognito::UserPoolDomain').ManagedLoginVersion).toBe(2);
    expect(only('AWS::Cognito::ManagedLoginBranding').UseCognitoProvidedValues).toBe(true);
  });

  it('asks for a password, and gives a page without a secret a code', () => {
    // "The forms of authentication that are available to your users are dependent on the configuration of … your app client":
    // https://docs.aws.amazon.com/cognito/latest/developerguide/authentication-flows-selection-managedlogin.html
    expect(only('AWS::Cognito::UserPoolClient')).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'],
      AllowedOAuthFlows: ['code'],
      GenerateSecret: false,
    });
  });

  it('is not taken away with its people by mistake', () => {
    const [pool] = Object.values(resourcesOf(template, 'AWS::Cognito::UserPool'));
    expect(pool).toMatchObject({ DeletionPolicy: 'Retain', Properties: { DeletionProtection: 'ACTIVE' } });
  });
});
