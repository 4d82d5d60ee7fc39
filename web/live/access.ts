/** What the dashboard shows to the API, asked for with every request: a bearer that is good at that moment. */
export interface Access {
  kind: 'user' | 'key' | 'share';
  /** A user's address or name, as the issuer says; empty otherwise. */
  who: string;
  /** @throws SignInFault or ApiFault when there is none any more */
  bearer(): Promise<string>;
}

export function keyAccess(apiKey: string): Access {
  return { kind: 'key', who: '', bearer: async () => apiKey };
}

export interface RenewedParts<T> {
  first: T;
  bearerOf(held: T): string;
  /** Ms since the epoch. */
  endsAt(held: T): number;
  renew(held: T): Promise<T>;
  keep(held: T): void;
  now(): number;
}

/** A bearer is renewed when it has less than this left: longer than a request takes. */
export const renewBeforeMs = 60_000;

/** A bearer that is renewed before it ends, by one request however many ask at once. A failed renewal is tried again by the next who asks. */
export function renewedBearer<T>(parts: RenewedParts<T>): { bearer(): Promise<string>; held(): T } {
  let held = parts.first;
  let renewing: Promise<void> | undefined;
  const renew = async () => {
    try {
      held = await parts.renew(held);
      parts.keep(held);
    } finally {
      renewing = undefined;
    }
  };
  return {
    async bearer() {
      if (parts.endsAt(held) - parts.now() < renewBeforeMs) {
        renewing ??= renew();
        await renewing;
      }
      return parts.bearerOf(held);
    },
    held: () => held,
  };
}
