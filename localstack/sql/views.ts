import { elementKinds, kind } from '../../functions/contract/event.ts';

/**
 * What a person asks: `records`, one row a batch, and `events`, one row an event. A batch that was sent twice, or put back for the
 * visitor who owns its load, is in the archive more than once: the last one is the one that counts.
 */
export function viewsOver(folder: string): string[] {
  const files = `${folder.replaceAll("'", "''")}/events/**/*.ndjson.gz`;
  return [
    `create view archive as
      select generation, shard, position, make_timestamp(arrivedAt * 1000) as arrived_at, record, site, date, hour
      from read_json('${files}', format = 'newline_delimited', hive_partitioning = true, hive_types_autocast = false,
        maximum_object_size = 4194304,
        columns = {generation: 'INTEGER', shard: 'VARCHAR', position: 'VARCHAR', arrivedAt: 'BIGINT', record: 'JSON'})`,
    `create view records as
      select site, date, hour, record->>'w' as visitor, record->>'l' as load, (record->>'n')::bigint as n,
        make_timestamp((record->>'r')::bigint * 1000) as received_at, arrived_at,
        record->>'$.f[0]' as country, record->>'$.f[1]' as browser, record->>'$.f[2]' as os, record->>'$.f[3]' as language,
        record->>'o' as origin, (record->>'c')::integer as config, record->'p' as pages, record->'e' as elements,
        record->'x' as items, shard, position
      from archive
      qualify row_number() over (
        partition by site, load, n order by arrived_at desc, generation desc, shard desc, length(position) desc, position desc) = 1`,
    `create view events as
      with each as (
        select *, unnest(from_json(items, '["JSON"]')) as item, generate_subscripts(from_json(items, '["JSON"]'), 1) as nth
        from records),
      told as (
        select *, (item->>0)::integer as code,
          case when (item->>0)::integer in (${elementKinds.join(', ')}) then (item->>2)::integer end as element_index
        from each),
      placed as (
        select *, elements->element_index as element,
          case when element_index is null then (item->>2)::integer else (elements->element_index->>0)::integer end as page_index
        from told)
      select site, date, hour, received_at - to_milliseconds((item->>1)::bigint) as happened_at,
        case code ${kindNames} end as kind, visitor, load, n, nth,
        pages->page_index->>0 as path, pages->page_index->>2 as title, (pages->page_index->>3)::integer as viewport_width,
        pages->page_index->>6 as referrer, element->>1 as element_key, element->>2 as element_label,
        country, browser, os, language, item
      from placed`,
  ];
}

const kindNames = Object.entries(kind)
  .map(([name, code]) => `when ${code} then '${name}'`)
  .join(' ');
