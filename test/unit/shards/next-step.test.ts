import { describe, expect, it } from 'vitest';
import { hashKeySpace, nextStep, type ShardRange } from '../../../localstack/shards/next-step.ts';

const whole: ShardRange[] = [{ id: 'shard-0', from: 0n, to: hashKeySpace - 1n }];

let ordinal = 1;
/** Takes steps until there are none, as the stream would; each closes shards and opens others. */
function change(shards: ShardRange[], target: number): { shards: ShardRange[]; steps: string[] } {
  let open = shards;
  const steps: string[] = [];
  const of = (id: string) => open.find((shard) => shard.id === id) as ShardRange;
  for (let step = nextStep(open, target); step && steps.length < 100; step = nextStep(open, target)) {
    steps.push(step.what);
    if (step.what === 'split') {
      const { id, from, to } = of(step.shard);
      if (!(from < step.at && step.at <= to)) throw new Error('a split must leave two shards');
      const children = [
        { id: `shard-${ordinal++}`, from, to: step.at - 1n },
        { id: `shard-${ordinal++}`, from: step.at, to },
      ];
      open = [...children, ...open.filter((shard) => shard.id !== id)];
    } else {
      const [low, high] = [of(step.low), of(step.high)];
      if (low.to + 1n !== high.from) throw new Error('only neighbours merge');
      const child = { id: `shard-${ordinal++}`, from: low.from, to: high.to };
      open = [child, ...open.filter(({ id }) => id !== low.id && id !== high.id)];
    }
  }
  return { shards: open, steps };
}

function expectEven(shards: ShardRange[], count: number): void {
  const sorted = [...shards].sort((one, other) => (one.from < other.from ? -1 : 1));
  expect(sorted).toHaveLength(count);
  expect(sorted[0]?.from).toBe(0n);
  expect(sorted.at(-1)?.to).toBe(hashKeySpace - 1n);
  for (const { from, to } of sorted)
    expect(Math.abs(Number(to - from + 1n) / Number(hashKeySpace) - 1 / count)).toBeLessThan(0.002 / count);
}

describe('the way to another number of shards', () => {
  it('splits one into four, and merges four to two', () => {
    const four = change(whole, 4);
    expect(four.steps).toEqual(['split', 'split', 'split']);
    expectEven(four.shards, 4);
    const two = change(four.shards, 2);
    expect(two.steps).toEqual(['merge', 'merge']);
    expectEven(two.shards, 2);
  });

  it('ends evenly from every number to every other', () => {
    for (let from = 1; from <= 9; from++) {
      for (let to = 1; to <= 9; to++) expectEven(change(change(whole, from).shards, to).shards, to);
    }
  });

  it('has nothing to do where the shards are even, also when a service has rounded otherwise', () => {
    const third = hashKeySpace / 3n;
    const rounded = [
      { id: 'a', from: 0n, to: third - 8n },
      { id: 'b', from: third - 7n, to: 2n * third - 15n },
      { id: 'c', from: 2n * third - 14n, to: hashKeySpace - 1n },
    ];
    expect(nextStep(rounded, 3)).toBeNull();
    expect(nextStep(whole, 1)).toBeNull();
  });

  it('merges a sliver away, however near to its place it is', () => {
    const half = hashKeySpace / 2n;
    const slivered = [
      { id: 'a', from: 0n, to: half - 1n },
      { id: 'b', from: half, to: half + 5n },
      { id: 'c', from: half + 6n, to: hashKeySpace - 1n },
    ];
    const { shards, steps } = change(slivered, 2);
    expect(steps).toEqual(['merge']);
    expectEven(shards, 2);
  });
});
