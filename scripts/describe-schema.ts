import pg from 'pg'

/** The database as the migrations leave it, as text that a review can read: tables, constraints, indexes, triggers, functions. */
export async function describeSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const lines = async (query: string) => (await client.query<{ line: string }>(query)).rows.map((row) => row.line)
    const types = await lines(`
      select format('create type %I as enum (%s);', t.typname, string_agg(quote_literal(e.enumlabel), ', ' order by e.enumsortorder)) as line
      from pg_type t join pg_enum e on e.enumtypid = t.oid where t.typnamespace = 'public'::regnamespace group by t.typname order by t.typname`)
    const tables = await lines(`
      select format(E'create table %I (\\n%s\\n);', c.relname, string_agg(part, E',\\n' order by rank, place)) || coalesce(E'\\n' || d.words, '') as line
      from pg_class c
      cross join lateral (
        select 1 as rank, a.attnum::int as place, format('  %I %s%s%s', a.attname, format_type(a.atttypid, a.atttypmod),
          case when a.attnotnull then ' not null' else '' end,
          case when a.attidentity <> '' then ' generated always as identity'
            when a.attgenerated <> '' then ' generated always as (' || pg_get_expr(e.adbin, e.adrelid) || ') stored'
            when e.adbin is not null then ' default ' || pg_get_expr(e.adbin, e.adrelid) else '' end) as part
        from pg_attribute a left join pg_attrdef e on e.adrelid = a.attrelid and e.adnum = a.attnum
        where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        union all
        -- Not-null constraints have names of their own since PostgreSQL 18; they stand at their columns.
        select 2, row_number() over (order by k.contype = 'p' desc, k.conname)::int, format('  %s', pg_get_constraintdef(k.oid))
        from pg_constraint k where k.conrelid = c.oid and k.contype in ('p', 'u', 'f', 'c')
      ) parts
      left join lateral (select format('comment on table %I is %L;', c.relname, obj_description(c.oid, 'pg_class')) as words where obj_description(c.oid, 'pg_class') is not null) d on true
      where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and c.relname <> 'schema_migrations'
      group by c.relname, d.words order by c.relname`)
    const indexes = await lines(`
      select pg_get_indexdef(i.indexrelid) || ';' as line from pg_index i join pg_class c on c.oid = i.indexrelid
      where c.relnamespace = 'public'::regnamespace and not exists (select 1 from pg_constraint k where k.conindid = i.indexrelid)
      order by c.relname`)
    const triggers = await lines(`
      select pg_get_triggerdef(t.oid) || case when t.tgenabled = 'A' then '; -- always' else ';' end as line from pg_trigger t
      join pg_class c on c.oid = t.tgrelid where not t.tgisinternal and c.relnamespace = 'public'::regnamespace order by t.tgname`)
    const functions = await lines(`
      select pg_get_functiondef(p.oid) || ';' as line from pg_proc p
      where p.pronamespace = 'public'::regnamespace and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype = 'e')
      order by p.proname`)
    return `-- Made by \`npm run schema\` from the migrations; a test compares.\n\n${[...types, ...tables, ...functions].join('\n\n')}\n\n${[...indexes, ...triggers].join('\n')}\n`
  } finally {
    await client.end()
  }
}
