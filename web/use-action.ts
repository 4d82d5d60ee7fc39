import { useState } from 'react';
import { ApiFault } from './live/api.ts';

/** Something that a button does, once at a time, and how it went. */
export interface Action {
  busy: boolean;
  /** Whether it went well the last time. */
  done: boolean;
  /** What was wrong with one field, a sentence; empty: nothing. */
  failureAt(field: string): string;
  /** What was wrong otherwise. @param fields those that tell of themselves */
  failureBeside(fields: readonly string[]): string;
  /** @returns whether it went well */
  run(work: () => Promise<void>): Promise<boolean>;
}

const nothing = { busy: false, done: false, code: '', message: '' };

/** The API names a field that it refuses: `bad-origins`. */
const codeOf = (field: string) => `bad-${field}`;

export function useAction(): Action {
  const [state, setState] = useState(nothing);
  const { busy, done, code, message } = state;
  return {
    busy,
    done,
    failureAt: (field) => (code === codeOf(field) ? message : ''),
    failureBeside: (fields) => (fields.some((field) => code === codeOf(field)) ? '' : message),
    async run(work) {
      setState({ ...nothing, busy: true });
      try {
        await work();
        setState({ ...nothing, done: true });
        return true;
      } catch (error) {
        const said = error instanceof Error ? error.message : String(error);
        setState({ ...nothing, code: error instanceof ApiFault ? error.code : '', message: said });
        return false;
      }
    },
  };
}
