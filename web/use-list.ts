import { useState } from 'react';
import { useAnswer } from './use-live.ts';

/** What a list of an owner holds, asked again whenever it was changed. `value` is null until it is there. */
export function useList<T>(name: string, load: () => Promise<T>) {
  const [version, setVersion] = useState(0);
  const { value, error } = useAnswer(name, load, 0, [version]);
  return { value, failure: error?.message ?? '', changed: () => setVersion((before) => before + 1) };
}
