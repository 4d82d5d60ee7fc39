import { expect, it } from 'vitest';
import { primaryLanguage } from '../../../functions/ingest/language.ts';

it.each([
  ['de-CH', 'de'],
  ['EN', 'en'],
  ['zh-Hant-TW', 'zh'],
  ['pt_BR', 'pt'],
  ['gsw-CH', 'gsw'],
  ['', ''],
  ['english', ''],
  ['<script>', ''],
  ['d', ''],
])('%j is read as %j', (tag, language) => {
  expect(primaryLanguage(tag)).toBe(language);
});
