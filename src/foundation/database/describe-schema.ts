import pg from 'pg'

interface Described {
  relation: string
  comment: string | null
  line: string
}

/**
 * The shape of the database at rest, as one SQL-like text for readers and reviews: tables with their columns and
 * constraints, indexes and policies, then views with what they select, in alphabetical order. Made from the catalogue,
 * so it says what is, not how it came about.
 */
export async function describeSchema(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query<Described>(DESCRIPTION)
    const tables = new Map<string, string[]>()
    for (const { relation, line } of rows) {
      tables.set(relation, [...(tables.get(relation) ?? []), line])
    }
    const blocks = [...tables].map(
      ([relation, lines]) => `${relation}\n${lines.map((line) => `  ${line}`).join('\n')}\n`,
    )
    return `-- Written by \`npm run schema\`; the migrations are what counts.\n\n${blocks.join('\n')}`
  } finally {
    await client.end()
  }
}

const DESCRIPTION = `
  with mine as (
    select oid, relname, relrowsecurity, relforcerowsecurity from pg_class
    where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname not like 'kysely%'
  )
  select relation, line from (
    select 'table ' || mine.relname as relation, 1 as part, attribute.attnum::text as place,
      attribute.attname || ' ' || format_type(attribute.atttypid, attribute.atttypmod)
        || case when attribute.attnotnull then ' not null' else '' end
        || case when attribute.attidentity <> '' then ' generated always as identity' else '' end
        || coalesce(' default ' || pg_get_expr(fallback.adbin, fallback.adrelid), '') as line,
      lpad(attribute.attnum::text, 4, '0') as rank
    from mine
    join pg_attribute as attribute on attribute.attrelid = mine.oid and attribute.attnum > 0 and not attribute.attisdropped
    left join pg_attrdef as fallback on fallback.adrelid = mine.oid and fallback.adnum = attribute.attnum
    union all
    select 'table ' || mine.relname, 2, '', 'constraint ' || conname || ' ' || pg_get_constraintdef(pg_constraint.oid), contype::text || conname::text
    from mine join pg_constraint on conrelid = mine.oid
    where contype in ('p', 'u', 'f', 'c')
    union all
    select 'table ' || mine.relname, 3, '', replace(pg_get_indexdef(indexrelid), ' ON public.' || mine.relname, ''), indexrelid::regclass::text
    from mine join pg_index on indrelid = mine.oid
    where not exists (select 1 from pg_constraint where conindid = indexrelid)
    union all
    select 'table ' || mine.relname, 4, '',
      case when relrowsecurity and relforcerowsecurity then 'row-level security forced' else 'no row-level security: a queue' end, ''
    from mine
    union all
    select 'view ' || relname, 1, '', array_to_string(reloptions, ', '), '' from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'v'
    union all
    select 'view ' || relname, 2, '', text.line, lpad(text.number::text, 6, '0')
    from pg_class
    cross join regexp_split_to_table(pg_get_viewdef(pg_class.oid, true), '\\n') with ordinality as text(line, number)
    where relnamespace = 'public'::regnamespace and relkind = 'v'
  ) as described
  order by relation, part, rank`
