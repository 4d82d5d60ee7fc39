import type { AnswerRange } from '../../contract/answer.ts';
import { dayMs, hourMs } from '../../contract/time-unit.ts';
import { answerBytesMax, bytesInAnswer } from '../answer-bytes.ts';
import { ApiError } from '../api-error.ts';

/**
 * One text of all, which is given up as soon as it is too long: the rest may be many times as much.
 * @param rowCount how many texts there are, nearly
 * @throws ApiError 400 `export-too-large` that says about which range would fit.
 */
export function boundedText(texts: Iterable<string>, rowCount: number, range: AnswerRange): string {
  const kept: string[] = [];
  let bytes = 0;
  for (const text of texts) {
    bytes += bytesInAnswer(text);
    kept.push(text);
    if (bytes > answerBytesMax) throw tooLarge((bytes * Math.max(rowCount, kept.length)) / kept.length, range);
  }
  return kept.join('');
}

function tooLarge(bytes: number, { from, to }: AnswerRange): ApiError {
  const fitting = ((to - from) * answerBytesMax) / bytes;
  const [unit, ms] = fitting >= dayMs ? (['days', dayMs] as const) : (['hours', hourMs] as const);
  const range = fitting >= hourMs ? `for about ${Math.floor(fitting / ms)} ${unit} at a time (from, to), or ` : '';
  const [found, most] = [bytes, answerBytesMax].map((size) => (size / 1e6).toFixed(1));
  const message = `the file would have about ${found} MB, at most ${most} are answered: ask ${range}for less (one device, one page)`;
  return new ApiError(400, 'export-too-large', message);
}
