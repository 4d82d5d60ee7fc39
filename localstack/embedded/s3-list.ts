import type { BucketObjects, ObjectFacts } from './s3-objects.ts';

/** The XML answer of ListObjectsV2: https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export function listObjects(bucket: string, objects: BucketObjects, query: URLSearchParams): string {
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const limit = Math.min(1000, Number(query.get('max-keys') ?? 1000));
  const token = query.get('continuation-token');
  const after = token ? Buffer.from(token, 'base64url').toString('utf8') : (query.get('start-after') ?? '');
  const urlEncoded = query.get('encoding-type') === 'url';
  const text = (value: string) => (urlEncoded ? encodeURIComponent(value).replaceAll('%2F', '/') : escapeXml(value));

  const { found, groups, last, more } = page(objects.list(prefix, after), prefix, delimiter, limit);
  const parts = [
    `<Name>${bucket}</Name>`,
    `<Prefix>${text(prefix)}</Prefix>`,
    `<KeyCount>${found.length + groups.length}</KeyCount>`,
    `<MaxKeys>${limit}</MaxKeys>`,
    `<IsTruncated>${more}</IsTruncated>`,
    ...(delimiter ? [`<Delimiter>${text(delimiter)}</Delimiter>`] : []),
    ...(urlEncoded ? ['<EncodingType>url</EncodingType>'] : []),
    ...(more ? [`<NextContinuationToken>${Buffer.from(last).toString('base64url')}</NextContinuationToken>`] : []),
    ...found.map(
      ({ key, modifiedAt, etag, bytes }) =>
        `<Contents><Key>${text(key)}</Key><LastModified>${new Date(modifiedAt).toISOString()}</LastModified><ETag>${escapeXml(etag)}</ETag><Size>${bytes}</Size><StorageClass>STANDARD</StorageClass></Contents>`,
    ),
    ...groups.map((group) => `<CommonPrefixes><Prefix>${text(group)}</Prefix></CommonPrefixes>`),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${parts.join('')}</ListBucketResult>`;
}

/** Up to `limit` objects and groups; `last` is the newest key that they cover, behind which the next page begins. */
function page(objects: ObjectFacts[], prefix: string, delimiter: string, limit: number) {
  const found: ObjectFacts[] = [];
  const groups = new Set<string>();
  let last = '';
  for (const facts of objects) {
    const cut = delimiter ? facts.key.indexOf(delimiter, prefix.length) : -1;
    const group = cut < 0 ? undefined : facts.key.slice(0, cut + delimiter.length);
    const isNew = group === undefined || !groups.has(group);
    if (isNew && found.length + groups.size >= limit) return { found, groups: [...groups], last, more: true };
    if (group === undefined) found.push(facts);
    else groups.add(group);
    last = facts.key;
  }
  return { found, groups: [...groups], last, more: false };
}

function escapeXml(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
