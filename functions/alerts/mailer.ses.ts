import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Mailer } from './tell.ts';

/** `sender`: an address, or one of a domain, that SES knows as this account's. */
export function sesMailer(sender: string): Mailer {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 2_000,
    requestTimeout: 5_000,
    throwOnRequestTimeout: true,
  });
  const client = new SESv2Client({ maxAttempts: 2, requestHandler });
  return async (to, subject, text) => {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: sender,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: { Data: subject }, Body: { Text: { Data: text } } } },
      }),
    );
  };
}
