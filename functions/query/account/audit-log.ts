import { type AuditLogAnswer, auditActions, auditKeptDays } from '../../contract/account.ts';
import { bad, limit, type Parameter } from '../parameters.ts';
import { siteRoute } from '../route.ts';
import { array, instant, object, oneOf, orNull, text } from '../schema.ts';

const before: Parameter<string | null> = {
  name: 'before',
  description: 'Entries older than that: a `next`, as an earlier answer gave it.',
  required: false,
  schema: { type: 'string', maxLength: 40 },
  parse(given) {
    if (given === undefined) return null;
    return /^\d{15}-[\w-]{1,24}$/.test(given) ? given : bad('before', given, 'a `next` of an earlier answer');
  },
};

export const auditLogRoute = siteRoute(
  {
    method: 'GET',
    path: '/v1/sites/{site}/audit-log',
    needs: 'own',
    summary: 'Who changed what',
    description: `Every change of settings, keys, people and share links. Kept for ${auditKeptDays} days.`,
    answer: {
      status: 200,
      description: 'Newest first.',
      schema: object({
        rows: array(
          object({
            at: instant,
            by: object({ kind: oneOf(['user', 'key', 'share']), id: text() }),
            byName: text('An address or a label, as it was then.'),
            what: oneOf(auditActions),
            text: text('What it was done to.'),
          }),
        ),
        next: { ...orNull(text()), description: 'Give it as `before` for older ones; null: there are none.' },
      }),
      example: {
        rows: [
          {
            at: 1795400000000,
            by: { kind: 'user', id: 'Zk3v0m5R2h8b1Yc7Qx4Nw6' },
            byName: 'ada@shop.example',
            what: 'invited',
            text: 'bob@shop.example as viewer',
          },
        ],
        next: null,
      } satisfies AuditLogAnswer,
    },
  },
  { before, limit: limit(100) },
  async ({ site, values }, { audit }) => {
    return { status: 200, json: (await audit.page(site.site, values)) satisfies AuditLogAnswer };
  },
);
