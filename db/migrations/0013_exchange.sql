-- Files of an outside billing system (п. 11.3.1): laid out and judged before anything is written, then taken part by part.
alter table exchange_imports
  -- Absent: readings that the office took at once.
  add state text check (state in ('checking', 'staged', 'applying', 'applied', 'cancelled', 'failed')),
  -- Of files of charges: the month, by its first day, and the run that it became.
  add period date,
  add run_id bigint references settlement_runs,
  -- Rows judged, then rows taken: the job goes on from there.
  add checked_through integer not null default 0,
  add applied_through integer not null default 0,
  add added integer not null default 0,
  add changed integer not null default 0,
  add unchanged integer not null default 0,
  -- Why it could not be taken at all.
  add fault jsonb,
  add applied_by text references people,
  add applied_at timestamptz,
  add finished_at timestamptz,
  add cancelled_at timestamptz;
create index exchange_imports_run on exchange_imports (run_id) where run_id is not null;
create index exchange_imports_applied_by on exchange_imports (applied_by) where applied_by is not null;

create table exchange_rows (
  import_id bigint not null references exchange_imports,
  -- The line of the file.
  n integer not null,
  -- As it was read: by column, days as ISO, money in tiyn, quantities in ten-thousandths.
  fields jsonb not null,
  -- Cells that could not be read, as they were written.
  given jsonb not null default '{}',
  verdict text check (verdict in ('new', 'changed', 'unchanged', 'refused')),
  -- What of it differs.
  changes text[] not null default '{}',
  faults jsonb not null default '[]',
  primary key (import_id, n)
);
create index exchange_rows_refused on exchange_rows (import_id, n) where verdict = 'refused';
comment on table exchange_rows is 'The rows of a file while it is judged and taken; those that were not refused are removed some weeks later';

-- Which of the month's lines a correction puts right; absent: made by hand.
alter table corrections add kind line_kind;
create index corrections_mirrored on corrections (account_id, corrects, service, kind) where kind is not null;

-- Pages of an export and readings taken since a moment.
create index readings_accepted on readings (accepted_at, id) where accepted_at is not null;
