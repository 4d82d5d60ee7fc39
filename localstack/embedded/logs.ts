import { ServiceError } from './aws-json.ts';
import type { Template } from './template.ts';

export interface Logs {
  /** @throws ServiceError that the caller is answered. */
  answer(operation: string, input: Record<string, unknown>): object;
}

interface Question {
  logGroupName: string;
  startTime?: number;
  endTime?: number;
  limit?: number;
  filterPattern?: string;
}

/** The function behind each log group of the template. */
export function logGroupsOf(template: Pick<Template, 'ofType'>): Map<string, string> {
  return new Map(
    template.ofType('AWS::Lambda::Function').map(({ name, properties }) => {
      const group = properties.fields('LoggingConfig').text('LogGroup', `/aws/lambda/${name}`);
      return [group, name];
    }),
  );
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html */
const eventsMax = 10_000;

/**
 * `FilterLogEvents` over what is in memory. `groups`: the function behind each log group.
 * @param linesOf a function's last lines, each with the time and a tab in front.
 */
export function logs(groups: ReadonlyMap<string, string>, linesOf: (fn: string) => readonly string[]): Logs {
  return {
    answer(operation, input) {
      if (operation !== 'FilterLogEvents') {
        throw new ServiceError('UnknownOperationException', `CloudWatch Logs' ${operation} is not run here`);
      }
      const {
        logGroupName,
        startTime = 0,
        endTime = Number.POSITIVE_INFINITY,
        limit,
        filterPattern = '',
      } = input as unknown as Question;
      const fn = groups.get(logGroupName);
      if (fn === undefined) {
        throw new ServiceError('ResourceNotFoundException', `The specified log group does not exist: ${logGroupName}`);
      }
      const matches = matcherOf(filterPattern);
      const events = linesOf(fn)
        .map((line) => ({
          timestamp: Date.parse(line.slice(0, line.indexOf('\t'))),
          message: line.slice(line.indexOf('\t') + 1),
        }))
        .filter(({ timestamp, message }) => timestamp >= startTime && timestamp < endTime && matches(message))
        .slice(0, Math.min(eventsMax, Number(limit ?? eventsMax)))
        .map((event, index) => ({
          ...event,
          logStreamName: 'embedded',
          ingestionTime: event.timestamp,
          eventId: String(index),
        }));
      return { events, searchedLogStreams: [] };
    },
  };
}

/**
 * Terms: `"a b" c` is found where all are, `?a ?"b c"` where any is.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
function matcherOf(pattern: string): (message: string) => boolean {
  const terms = [...pattern.matchAll(/(\??)(?:"((?:[^"\\]|\\.)*)"|([^\s"]+))/g)].map(([, any, quoted, bare]) => ({
    isAny: any === '?',
    text: quoted?.replace(/\\(.)/g, '$1') ?? bare ?? '',
  }));
  if (terms.some(({ isAny, text }) => !isAny && /^[-{[%]/.test(text))) {
    throw new ServiceError('InvalidParameterException', `Only terms are run here, not the pattern ${pattern}`);
  }
  const all = terms.filter(({ isAny }) => !isAny);
  const any = terms.filter(({ isAny }) => isAny);
  return (message) =>
    all.every(({ text }) => message.includes(text)) &&
    (any.length === 0 || any.some(({ text }) => message.includes(text)));
}
