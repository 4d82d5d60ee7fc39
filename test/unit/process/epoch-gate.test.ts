import { describe, expect, it } from 'vitest';
import { EpochGate } from '../../../functions/process/epoch-gate.ts';
import { noFigures } from '../../../functions/process/process.ts';
import { processInEpoch } from '../../../functions/process/process-in-epoch.ts';
import { memoryEpochStore } from '../../../functions/sites/epoch-store.memory.ts';
import { quietly } from '../../law/drive.ts';

quietly();

function gateWith(asItSleeps: (slept: number) => Promise<unknown> = async () => undefined) {
  const epochs = memoryEpochStore();
  let slept = 0;
  const sleep = async () => {
    slept += 1;
    await asItSleeps(slept);
  };
  return { epochs, gate: new EpochGate({ epochs, configured: '1', sleep, looks: 4 }), slept: () => slept };
}
const batch = {
  shardId: 'shardId-000000000000',
  records: [7, 8].map((at) => ({ sequenceNumber: String(at), data: new Uint8Array(), arrivedAt: 0 })),
};

describe('the gate', () => {
  it('lets a batch into the configured epoch until the pointer moves, and then into the one where it stands', async () => {
    const { epochs, gate, slept } = gateWith();
    expect(await gate.enter()).toBe('1');
    await epochs.switchTo('1', '2', 0);
    await epochs.settle('2');
    expect(await gate.enter()).toBe('2');
    expect(slept()).toBe(0);
  });

  it('lets a batch wait while an epoch is handed over, and in as soon as it is', async () => {
    const { epochs, gate, slept } = gateWith((times) => (times === 2 ? epochs.settle('2') : Promise.resolve()));
    await epochs.switchTo('1', '2', 0);
    expect(await gate.enter()).toBe('2');
    expect(slept()).toBe(2);
  });

  it('gives a batch back that has waited long enough', async () => {
    const { epochs, gate, slept } = gateWith();
    await epochs.switchTo('1', '2', 0);
    expect(await gate.enter()).toBeNull();
    expect(slept()).toBe(3);
  });
});

describe('a batch', () => {
  const counted = { failedFrom: '8', figures: noFigures(1) };

  it('is counted in the epoch that the gate tells, and answered as it went', async () => {
    const asked: string[] = [];
    const processIn = async (epoch: string) => {
      asked.push(epoch);
      return counted;
    };
    expect(await processInEpoch(batch, { enter: async () => '3' }, processIn)).toBe(counted);
    expect(asked).toEqual(['3']);
  });

  it.each([
    ['is handed over', async () => null],
    ['cannot be told', () => Promise.reject(new Error('no answer'))],
  ])('is to be tried again from its first record when the epoch %s', async (_, enter) => {
    const processIn = () => Promise.reject(new Error('it must not be counted'));
    expect(await processInEpoch(batch, { enter }, processIn)).toMatchObject({
      failedFrom: '7',
      figures: { records: 2 },
    });
  });
});
