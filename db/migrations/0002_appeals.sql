-- Appeals: what was written, what happened, and the indexes folded from it (п. 4.3, 11.6.5).
-- Only server/appeals writes here. The event log and the journal are append-only by trigger.

create table appeals (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  number text not null,
  channel text not null,
  kind text not null,
  language text not null,
  state text not null,
  answer_way text not null,
  received_at timestamptz not null,
  registered_at timestamptz not null,
  due_on date,
  answered_on date,
  repeat_of bigint references appeals,
  joined_to bigint references appeals,
  last_seq integer not null,
  last_hash bytea not null
) with (fillfactor = 80);
comment on table appeals is 'One row an appeal: the index folded from its events, written in the same transaction';
create index appeals_organization on appeals (organization_id, id desc);
create index appeals_state on appeals (state, id desc);
create index appeals_repeat_of on appeals (repeat_of) where repeat_of is not null;
create index appeals_joined_to on appeals (joined_to) where joined_to is not null;

create table appeal_contents (
  appeal_id bigint primary key references appeals,
  subject text not null,
  body text not null,
  applicant_group text not null,
  applicant_name text not null,
  applicant_address text not null,
  applicant_email text,
  applicant_phone text,
  applicant_identifier text,
  consent_version text,
  search tsvector generated always as (
    to_tsvector('russian', subject || ' ' || body) ||
    to_tsvector('simple', subject || ' ' || body || ' ' || applicant_name || ' ' || coalesce(applicant_phone, '') || ' ' || coalesce(applicant_email, ''))
  ) stored
);
comment on table appeal_contents is 'The applicant and the words, as received; apart from the log so that personal data can be erased and the chain stay whole';
create index appeal_contents_search on appeal_contents using gin (search);
create index appeal_contents_email on appeal_contents (lower(applicant_email), appeal_id desc);
create index appeal_contents_phone on appeal_contents (applicant_phone, appeal_id desc);

create table appeal_events (
  appeal_id bigint not null references appeals,
  seq integer not null,
  at timestamptz not null,
  by_person text references people,
  as_holder text not null,
  action text not null,
  data jsonb not null,
  prev_hash bytea,
  hash bytea not null,
  primary key (appeal_id, seq),
  previous_seq integer generated always as (nullif(seq - 1, 0)) stored,
  foreign key (appeal_id, previous_seq) references appeal_events (appeal_id, seq),
  check (seq > 0 and (seq = 1) = (prev_hash is null))
);
create index appeal_events_by_person on appeal_events (by_person) where by_person is not null;

create table appeal_texts (
  appeal_id bigint not null references appeals,
  digest text not null,
  body text not null,
  primary key (appeal_id, digest)
);
comment on table appeal_texts is 'Texts of reply versions and corrections; events name them by digest';

create table appeal_readers (
  holder text not null,
  appeal_id bigint not null references appeals,
  primary key (holder, appeal_id)
);
create index appeal_readers_appeal on appeal_readers (appeal_id);

create table work_items (
  holder text not null,
  queue text not null,
  appeal_id bigint not null references appeals,
  task integer not null,
  due_on date not null,
  since timestamptz not null,
  primary key (appeal_id, queue, task, holder)
);
comment on table work_items is 'Whom each open appeal waits for; rewritten with every event';
create index work_items_holder on work_items (holder, queue, due_on, appeal_id);
create index work_items_due on work_items (holder, due_on, appeal_id);

create table reply_drafts (
  appeal_id bigint not null references appeals,
  task integer not null,
  body text not null,
  revision integer not null,
  updated_by text not null references people,
  updated_at timestamptz not null,
  primary key (appeal_id, task)
);
create index reply_drafts_updated_by on reply_drafts (updated_by);

create table journal_series (
  organization_id text not null references organizations,
  journal text not null,
  year integer not null,
  last_n integer not null default 0,
  last_hash bytea,
  primary key (organization_id, journal, year)
) with (fillfactor = 50);

create table journal_entries (
  organization_id text not null,
  journal text not null,
  year integer not null,
  n integer not null check (n > 0),
  number text not null,
  number_key text not null,
  appeal_id bigint not null references appeals,
  registered_at timestamptz not null,
  registrar text references people,
  prev_hash bytea,
  hash bytea not null,
  previous_n integer generated always as (nullif(n - 1, 0)) stored,
  primary key (organization_id, journal, year, n),
  unique (organization_id, journal, year, number),
  foreign key (organization_id, journal, year) references journal_series,
  foreign key (organization_id, journal, year, previous_n) references journal_entries (organization_id, journal, year, n),
  check ((n = 1) = (prev_hash is null))
);
comment on column journal_entries.previous_n is 'References the entry before: a gap cannot be written';
create index journal_entries_appeal on journal_entries (appeal_id);
create index journal_entries_number_key on journal_entries (number_key text_pattern_ops);
create index journal_entries_n on journal_entries (n, year);
create index journal_entries_registrar on journal_entries (registrar) where registrar is not null;

create table files (
  id uuid primary key,
  appeal_id bigint references appeals,
  task integer,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  uploaded_by text references people,
  created_at timestamptz not null
);
comment on column files.task is 'Null: came with the appeal; otherwise goes with the reply of that task';
create index files_appeal on files (appeal_id) where appeal_id is not null;
create index files_unattached on files (created_at) where appeal_id is null;
create index files_uploaded_by on files (uploaded_by) where uploaded_by is not null;

create table idempotency_keys (
  scope text not null,
  key text not null,
  request_digest bytea not null,
  appeal_id bigint not null references appeals,
  created_at timestamptz not null,
  primary key (scope, key)
);
create index idempotency_keys_appeal on idempotency_keys (appeal_id);
create index idempotency_keys_created_at on idempotency_keys (created_at);

create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% on % refused: it is append-only', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;

create trigger journal_entries_append_only before update or delete on journal_entries
  for each row execute function refuse_change();
create trigger journal_entries_no_truncate before truncate on journal_entries
  for each statement execute function refuse_change();
create trigger appeal_events_append_only before update or delete on appeal_events
  for each row execute function refuse_change();
create trigger appeal_events_no_truncate before truncate on appeal_events
  for each statement execute function refuse_change();

-- A series only goes forward: its counter is raised by whoever writes the entries, never lowered or dropped.
create function refuse_series_rewind() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and new.last_n >= old.last_n
    and (new.organization_id, new.journal, new.year) = (old.organization_id, old.journal, old.year) then
    return new;
  end if;
  raise exception '% on % refused: a series only goes forward', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger journal_series_forward before update or delete on journal_series
  for each row execute function refuse_series_rewind();

alter table journal_entries enable always trigger journal_entries_append_only;
alter table journal_entries enable always trigger journal_entries_no_truncate;
alter table appeal_events enable always trigger appeal_events_append_only;
alter table appeal_events enable always trigger appeal_events_no_truncate;
alter table journal_series enable always trigger journal_series_forward;
