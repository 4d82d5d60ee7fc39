import type { ErrorAnswer, OverlayTokenAnswer } from '../../functions/contract/answer.ts';

export interface Exchange {
  apiUrl: string;
  writeKey: string;
  ticket: string;
  signal: AbortSignal;
}

/** @throws Error with a sentence for the reader. */
export async function exchangeTicket({ apiUrl, writeKey, ticket, signal }: Exchange): Promise<OverlayTokenAnswer> {
  let response: Response;
  try {
    // As a text, so that the browser asks nobody beforehand.
    const body = JSON.stringify({ key: writeKey, ticket });
    response = await fetch(`${apiUrl}/v1/overlay-token`, { method: 'POST', body, cache: 'no-store', signal });
  } catch {
    throw new Error(`${apiUrl} does not answer this page: it is down, or this origin is none of the site's own.`);
  }
  if (response.ok) return (await response.json()) as OverlayTokenAnswer;
  const { error } = (await response.json().catch(() => ({}))) as Partial<ErrorAnswer>;
  if (error?.code === 'bad-ticket') {
    throw new Error('This link was used already, or is over a minute old: open the page from the dashboard again.');
  }
  throw new Error(error?.message ?? `${apiUrl} answered ${response.status}.`);
}
