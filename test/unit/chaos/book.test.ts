import { describe, expect, it } from 'vitest';
import { kind, navigation } from '../../../functions/contract/event.ts';
import { Book } from '../../chaos/book.ts';
import { newBatch } from '../../e2e/batch.ts';

const view = (l: string) => JSON.stringify(newBatch({ l, x: [[kind.view, 0, 0, navigation.load]] }));

describe('what the visitors know', () => {
  it('is held against what the stream took: each batch once, however often it was sent', () => {
    const book = new Book();
    for (const load of ['a', 'b', 'c', 'a']) book.sent(view(load));
    book.answered(202, view('a'), '{}');
    book.answered(202, view('a'), '{}');
    const found = book.compare(new Set(['a:0', 'b:0']));
    expect(found).toMatchObject({ lost: [], strangers: [], unanswered: 1, untaken: 1 });
    expect(found.wanted).toMatchObject({ events: 2, pageViews: 2 });
  });

  it('names what was accepted and is not there, and what is there and was never sent', () => {
    const book = new Book();
    book.sent(view('a'));
    book.answered(202, view('a'), '{}');
    expect(book.compare(new Set(['x:0']))).toMatchObject({ lost: ['a:0'], strangers: ['x:0'] });
  });

  it('takes a refusal for no promise', () => {
    const book = new Book();
    book.sent(view('a'));
    book.answered(503, view('a'), 'away');
    expect(book.compare(new Set())).toMatchObject({ lost: [], untaken: 1 });
  });
});
