/** The embedded cloud in a process of its own, which can be killed with all that it has started. Its parent speaks to it by messages. */
import { type Cloud, type CloudOptions, type RoutedService, startCloud } from '../../localstack/embedded/cloud.ts';

export type Order = { kill: string } | { close: true };
export type News =
  | { service: RoutedService; url: string }
  | { started: Pick<Cloud, 'urls' | 'site' | 'writeKey'> }
  | { killed: string; was: boolean };

/** `gates`: where each service is reached instead. */
export type ChildOptions = Omit<CloudOptions, 'route'> & { gates: Record<RoutedService, string> };

const { gates, ...options } = JSON.parse(process.argv[2] ?? '') as ChildOptions;

/** Resolves when the parent has taken it. */
function tell(news: News): Promise<void> {
  return new Promise((resolve, reject) => process.send?.(news, (error) => (error ? reject(error) : resolve())));
}

const cloud = await startCloud({
  ...options,
  async route(service, url) {
    await tell({ service, url });
    return gates[service];
  },
});
const end = () => void cloud.close().then(() => process.exit(0));
process.on('message', (order: Order) => {
  if ('close' in order) end();
  else void cloud.kill(order.kill).then((was) => tell({ killed: order.kill, was }));
});
// Its parent has gone, whatever way.
process.on('disconnect', end);
await tell({ started: { urls: cloud.urls, site: cloud.site, writeKey: cloud.writeKey } });
