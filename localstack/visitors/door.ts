import { Agent, request } from 'node:http';
import type { Accepted } from '../../functions/contract/event.ts';
import type { Answer, Door } from '../../snippet/send.ts';
import type { Clock } from './clock.ts';
import type { Plan } from './plan.ts';
import type { Tally } from './tally.ts';

/** Keeps each visitor's connection, as a browser does: node tells connections of different local addresses apart. */
export function createAgent(): Agent {
  return new Agent({ keepAlive: true, maxSockets: 2, maxTotalSockets: 5_000, timeout: 30_000 });
}

/** A simulated visitor's way out: the real endpoint, from the visitor's own loopback address and with its own agent. */
export function createDoor(
  eventsUrl: URL,
  demoOrigin: string,
  plan: Plan,
  agent: Agent,
  random: () => number,
  tally: Tally,
  clock: Clock,
): Door {
  function post(body: string): Promise<Answer> {
    tally.sent(body);
    const sending = new Promise<Answer>((resolve, reject) => {
      const sent = request(
        eventsUrl,
        {
          method: 'POST',
          agent,
          localAddress: plan.address,
          headers: {
            'content-type': 'text/plain;charset=UTF-8',
            'user-agent': plan.agent,
            'accept-language': plan.language,
            origin: demoOrigin,
            'content-length': Buffer.byteLength(body),
          },
        },
        (response) => {
          let text = '';
          response.setEncoding('utf8');
          response.on('data', (chunk: string) => {
            text += chunk;
          });
          response.on('error', reject);
          response.on('end', () => {
            const status = response.statusCode ?? 0;
            tally.answered(status, body, text);
            resolve({
              status,
              retryAfterS: Number(response.headers['retry-after'] ?? 0) || 0,
              accepted: status === 202 ? (JSON.parse(text) as Accepted) : undefined,
            });
          });
        },
      );
      sent.on('error', (error) => {
        tally.failed(error);
        reject(error);
      });
      sent.end(body);
    });
    tally.track(sending);
    return sending;
  }

  return {
    ...clock,
    random,
    post,
    beacon(body) {
      // A lost beacon is lost, as it is in a browser; `track` sees to it that it is waited for and counted.
      void post(body);
      return true;
    },
  };
}
