import { setTimeout as sleep } from 'node:timers/promises';
import { CloudWatchClient, DescribeAlarmsCommand, type StateValue } from '@aws-sdk/client-cloudwatch';

/** Reads a running product's alarms as anybody would, by the SDK. */
export interface AlarmWatch {
  /** The names of the alarms that ring now. */
  ringing(): Promise<string[]>;
  /** Resolves to the instant at which the alarm came into the state, ms since the epoch. @throws Error when it does not in `msMax`. */
  until(alarm: string, state: StateValue, msMax: number): Promise<number>;
  close(): void;
}

const lookEveryMs = 1_000;

export function watchAlarms(endpoint: string): AlarmWatch {
  // What runs here is the developer's Node; the functions' own is chosen by the stack.
  process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new CloudWatchClient({ endpoint, region: 'us-east-1', credentials });
  const alarms = async () => {
    const { MetricAlarms = [] } = await client.send(new DescribeAlarmsCommand({}));
    return MetricAlarms.map(({ AlarmName = '', StateValue, StateTransitionedTimestamp }) => ({
      name: AlarmName.slice(AlarmName.indexOf('-') + 1),
      state: StateValue,
      since: StateTransitionedTimestamp?.getTime() ?? 0,
    }));
  };
  return {
    ringing: async () => (await alarms()).filter(({ state }) => state === 'ALARM').map(({ name }) => name),
    async until(alarm, state, msMax) {
      const endsAt = Date.now() + msMax;
      while (Date.now() < endsAt) {
        const found = (await alarms()).find(({ name }) => name === alarm);
        if (!found) throw new Error(`the template has no alarm ${alarm}`);
        if (found.state === state) return found.since;
        await sleep(lookEveryMs);
      }
      throw new Error(`the alarm ${alarm} was not ${state} within ${msMax / 1000} s`);
    },
    close: () => client.destroy(),
  };
}
