import type { ColumnType } from 'kysely'

/** JSON: read as a value, written as text, since a JavaScript array would become a PostgreSQL array. */
export type Json<T> = ColumnType<T, string, string>

/** A JSON column with a default. */
export type JsonDefault<T> = ColumnType<T, string | undefined, string>
