import { recordIn } from '../../functions/archive/archive-line.ts';
import type { Builder } from './builder.ts';
import type { RebuildPorts } from './rebuild-ports.ts';

const pauseMs = 200;

/**
 * Counts what comes on the stream, shard after shard, until `isEnough` says so at the end of a round, told how many records it
 * had. Shards are listed before they are read: a child that is listed has a parent which is read to its end in the same round,
 * before it.
 */
export async function follow(
  builder: Builder,
  ports: RebuildPorts,
  isEnough: (news: number) => Promise<boolean>,
): Promise<void> {
  for (;;) {
    let news = 0;
    for (const shardId of await ports.shards()) {
      for await (const records of ports.records(shardId, await builder.after(shardId))) {
        await builder.take(shardId, records);
        news += records.length;
        // Marks and ticks are of nobody.
        builder.built.streamOnly += records.filter(recordIn).length;
      }
    }
    if (await isEnough(news)) return;
    if (news === 0) await ports.sleep(pauseMs);
  }
}
