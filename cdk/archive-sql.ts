/**
 * Athena's SQL for what `npm run sql` calls `records` and `events`. A batch that was sent twice, or put back for the visitor who
 * owns its load, is in the archive more than once: the last one is the one that counts.
 */
export const eventsQuery = `-- Put your site and the UTC dates in here:
WITH chosen AS (
  SELECT * FROM sitepulse.lines WHERE site = 'demo' AND day BETWEEN '2026-11-23' AND '2026-11-23'
),
each_batch AS (
  SELECT site, json_extract(line, '$.record') AS record,
    row_number() OVER (
      PARTITION BY site, json_extract_scalar(line, '$.record.l'), json_extract_scalar(line, '$.record.n')
      ORDER BY CAST(json_extract_scalar(line, '$.arrivedAt') AS bigint) DESC,
        json_extract_scalar(line, '$.shard') DESC, lpad(json_extract_scalar(line, '$.position'), 57, '0') DESC) AS nth
  FROM chosen
),
events AS (
  SELECT site,
    json_extract_scalar(record, '$.w') AS visitor,
    json_extract_scalar(record, '$.l') AS load,
    from_unixtime((CAST(json_extract_scalar(record, '$.r') AS double)
      - CAST(json_extract_scalar(item, '$[1]') AS double)) / 1000) AS happened_at,
    CAST(json_extract_scalar(item, '$[0]') AS integer) AS code,
    -- Clicks, rage, moves, hovers, dead clicks, visits to fields and panes name an element, which names its page; all others name the page.
    json_array_get(json_extract(record, '$.p'), CASE
      WHEN CAST(json_extract_scalar(item, '$[0]') AS integer) IN (1, 2, 3, 4, 15, 16, 17, 18, 19) THEN CAST(json_extract_scalar(
        json_array_get(json_extract(record, '$.e'), CAST(json_extract_scalar(item, '$[2]') AS bigint)), '$[0]') AS bigint)
      ELSE CAST(json_extract_scalar(item, '$[2]') AS bigint) END) AS page,
    json_extract_scalar(record, '$.f[0]') AS country,
    json_extract_scalar(record, '$.f[1]') AS browser,
    item
  FROM each_batch CROSS JOIN UNNEST(CAST(json_extract(record, '$.x') AS array(json))) AS t (item)
  WHERE nth = 1
)
SELECT json_extract_scalar(page, '$[0]') AS path, count(*) AS page_views, count(DISTINCT visitor) AS visitors
FROM events
WHERE code = 0
GROUP BY 1
ORDER BY page_views DESC
LIMIT 100`;
