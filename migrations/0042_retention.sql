-- What became of the single rows of an import is forgotten in time; the import with its counts stays.
grant delete on import_result to receivables_app;
create index import_finished on import (tenant_id, finished_at) where finished_at is not null;
