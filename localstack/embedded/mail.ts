import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readBody } from './body.ts';
import type { FunctionLog } from './function-log.ts';

const bodyBytesMax = 1024 * 1024;

/** SES's `SendEmail`: what would be mailed goes to a log. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export async function takeMail(request: IncomingMessage, response: ServerResponse, log: FunctionLog): Promise<void> {
  const body = await readBody(request, bodyBytesMax);
  if (!body) return void response.writeHead(413).end();
  log.add(body.toString('utf8'));
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(JSON.stringify({ MessageId: randomUUID() }));
}
