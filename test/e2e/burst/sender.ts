import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Answers, SendPlan, Told } from './sender-process.ts';

export interface Sender {
  /** So far, as it told last. */
  progress(): { sent: number; limited: number };
  /** What is under way is waited for. */
  stop(): void;
  /** When all is answered. Rejects when the process ends before. */
  answers: Promise<Answers>;
}

export function startSender(plan: SendPlan): Sender {
  const child = fork(fileURLToPath(new URL('./sender-process.ts', import.meta.url)), [JSON.stringify(plan)], {
    execArgv: ['--import', 'tsx'],
  });
  let progress = { sent: 0, limited: 0 };
  const answers = new Promise<Answers>((resolve, reject) => {
    child.on('message', (told: Told) => {
      if ('answers' in told) resolve(told.answers);
      else progress = told;
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`the sender ended with ${code} and no answers`)));
  });
  // Whoever waits for it hears of it.
  answers.catch(() => {});
  return {
    progress: () => progress,
    stop: () => void (child.connected && child.send('stop')),
    answers,
  };
}
