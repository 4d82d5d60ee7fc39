import { describe, expect, it } from 'vitest';
import { type CanaryPorts, canaryConfig, canarySite, canaryWriteKey, fly } from '../../../functions/canary/canary.ts';
import type { Batch } from '../../../functions/contract/event.ts';
import { decode } from '../../../functions/ingest/decode.ts';
import { assertSiteConfig } from '../../../functions/sites/site-config.ts';

const load = '0123456789abcdef';

/** A pipeline that counts what is sent after `delayMs` of virtual time. */
function pipeline(delayMs: number, status = 202) {
  let now = 1_800_000_000_000;
  const sent: { batch: Batch; at: number }[] = [];
  const ports: CanaryPorts = {
    clock: () => now,
    sleep: async (ms) => {
      now += ms;
    },
    send: async (batch) => {
      sent.push({ batch, at: now });
      return status;
    },
    pageViews: async () => 5 + sent.filter(({ at }) => now - at >= delayMs).length,
  };
  return { ports, sent };
}

describe('the canary', () => {
  it('sends one batch that ingest takes, and tells how long it was until it was counted', async () => {
    const { ports, sent } = pipeline(1_900);
    expect(await fly(load, 45_000, ports)).toEqual({ ms: 2_000 });
    expect(sent).toHaveLength(1);
    const decoded = decode(JSON.stringify(sent[0]?.batch), false);
    expect(decoded).toMatchObject({ ok: true, batch: { l: load, k: canaryWriteKey } });
  });

  it('says so when it is not counted in time', async () => {
    expect(await fly(load, 45_000, pipeline(60_000).ports)).toEqual({ ms: null });
  });

  it('says so when it is not taken', async () => {
    await expect(fly(load, 45_000, pipeline(0, 503).ports)).rejects.toThrow('answered 503');
  });

  it('has a site that can be stored', () => {
    expect(() => assertSiteConfig(canaryConfig)).not.toThrow();
    expect(canaryConfig.site).toBe(canarySite);
  });
});
