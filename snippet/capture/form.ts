import { kind } from '../../functions/contract/event.ts';
import type { SeenElement } from '../batch.ts';
import { elementOf, now, on } from '../platform.ts';
import type { Pulse } from '../pulse.ts';
import { seenElement } from './spot.ts';

/** What somebody enters something into: buttons have no value of their own. */
const fields = 'input:not([type=button],[type=submit],[type=reset],[type=image]),select,textarea,[contenteditable]';

/**
 * Visits to fields, alone or in a form: how long a field had the focus, and whether anything was entered meanwhile. Never what:
 * no value, no length, no key that was pressed is looked at.
 *
 * A field was abandoned when the page is left, or another viewed, while it is the last one touched (focused or changed) and its
 * form has not been sent since. So there is at most one a page view, none for fields without a form, and none inside shadow trees,
 * out of which no form tells that it was sent.
 * @returns to be called before each view
 */
export function startForm(pulse: Pulse): () => void {
  /** The field that has the focus, and its form. */
  let focused: Element | undefined;
  let visited: SeenElement | undefined;
  let form: Element | null | false;
  let since = 0;
  let isChanged = false;
  /** The field last touched, as long as its form is not sent. */
  let unsent: SeenElement | null | false | undefined;
  let unsentForm: Element | null | false;

  function end() {
    if (visited) pulse.add([kind.field, 0, 0, now() - since, +isChanged], visited);
    visited = undefined;
  }

  function touch() {
    unsent = form && visited;
    unsentForm = form;
  }

  function leave() {
    end();
    if (unsent) pulse.add([kind.abandon, 0, 0], unsent);
    unsent = undefined;
  }

  on('focus', (event) => {
    const element = elementOf(event);
    if (!element?.matches(fields)) return;
    end();
    focused = element;
    visited = seenElement(element);
    form = document.contains(element) && element.closest('form');
    since = now();
    isChanged = false;
    touch();
  });
  on('input', (event) => {
    if (!visited || elementOf(event) !== focused) return;
    isChanged = true;
    touch();
  });
  on('submit', ({ target }) => {
    if (target === unsentForm) unsent = undefined;
  });
  on('blur visibilitychange', end);
  on('pagehide', leave);
  return leave;
}
