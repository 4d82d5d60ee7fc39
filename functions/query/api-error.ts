import type { ErrorAnswer } from '../contract/answer.ts';

/** A refusal that the caller can act on: `code` is a fixed kebab-case name, `message` says what was found and what is accepted. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
    this.code = code;
  }

  answer(): ErrorAnswer {
    return { error: { code: this.code, message: this.message } };
  }
}

/** What a caller sent, short enough to be repeated to them. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 60)}…` : text);
}
