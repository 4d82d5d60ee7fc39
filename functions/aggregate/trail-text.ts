/** The text of a session's trail in its visitor's state: a view each, and nothing that can be told from another field. */
import type { TrailView } from './visitor-state.ts';

/** Stands for the page of the view before. No id is so short. */
const before = '<';
const returned = 'r';
const closed = 'c';

export function formatTrail(trail: readonly TrailView[]): string {
  return trail
    .map((view, index) => {
      const { at, load, order, day, pageId, from, own } = view;
      const last = trail[index - 1];
      const fields = [
        (at - (last?.at ?? 0)).toString(36),
        load === last?.load ? '' : load,
        order || '',
        day === last?.day ? '' : day,
        pageId,
        from !== '' && from === last?.pageId ? before : from,
        view.isClosed ? closed : view.isReturn ? returned : '',
        own?.order ?? '',
        own && own.pageId !== from ? own.pageId : '',
      ];
      return fields.join().replace(/,+$/, '');
    })
    .join(';');
}

/** Inverse: `formatTrail`. */
export function parseTrail(text: string): TrailView[] {
  const trail: TrailView[] = [];
  for (const part of text === '' ? [] : text.split(';')) {
    const [at = '', load, order, day, pageId = '', origin = '', how = '', ownOrder = '', ownPage] = part.split(',');
    const last = trail.at(-1);
    const from = origin === before ? (last?.pageId ?? '') : origin;
    trail.push({
      at: (last?.at ?? 0) + Number.parseInt(at, 36),
      load: load || (last?.load ?? ''),
      order: Number(order),
      day: day || (last?.day ?? ''),
      pageId,
      isReturn: how === returned,
      isClosed: how === closed,
      from,
      own: ownOrder === '' ? null : { order: Number(ownOrder), pageId: ownPage || from },
    });
  }
  return trail;
}
