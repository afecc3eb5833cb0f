-- The chancellery: what a paper says beside the form (п. 4.2), what channels bring before registration (п. 4.9, 5.1–5.2),
-- reserved and annulled numbers (п. 4.3), and where each paper lies (п. 4.7–4.8).

alter table appeal_contents
  add column applicant_account text,
  add column outgoing_number text,
  add column outgoing_on date;
create index appeal_contents_account on appeal_contents (applicant_account, appeal_id desc) where applicant_account is not null;
create index appeal_contents_identifier on appeal_contents (applicant_identifier, appeal_id desc) where applicant_identifier is not null;
create index appeal_contents_name on appeal_contents (lower(applicant_name) text_pattern_ops, appeal_id desc);

-- A reserved number is an entry whose paper is yet to come: it takes its place at once, and never another.
alter table journal_entries
  alter column appeal_id drop not null,
  add column reserved_for text,
  add check ((appeal_id is null) = (reserved_for is not null));
create index journal_entries_reserved on journal_entries (organization_id, journal, year, n) where appeal_id is null;
comment on column journal_entries.reserved_for is 'Why a number was taken before its paper; who fills it stands in journal_marks';

alter table journal_series
  add column last_mark integer not null default 0,
  add column last_mark_hash bytea;

create table journal_marks (
  organization_id text not null,
  journal text not null,
  year integer not null,
  seq integer not null check (seq > 0),
  n integer not null,
  mark text not null check (mark in ('filled', 'annulled')),
  appeal_id bigint references appeals,
  reason text,
  by_person text references people,
  at timestamptz not null,
  prev_hash bytea,
  hash bytea not null,
  previous_seq integer generated always as (nullif(seq - 1, 0)) stored,
  primary key (organization_id, journal, year, seq),
  foreign key (organization_id, journal, year, n) references journal_entries (organization_id, journal, year, n),
  foreign key (organization_id, journal, year, previous_seq) references journal_marks (organization_id, journal, year, seq),
  unique (organization_id, journal, year, n, mark),
  check ((seq = 1) = (prev_hash is null)),
  check ((mark = 'annulled') = (reason is not null)),
  check (mark = 'annulled' or appeal_id is not null)
);
comment on table journal_marks is 'What became of an entry after it was written: chained and gapless like the entries themselves';
create index journal_marks_appeal on journal_marks (appeal_id) where appeal_id is not null;
create index journal_marks_by_person on journal_marks (by_person) where by_person is not null;
create trigger journal_marks_append_only before update or delete on journal_marks
  for each row execute function refuse_change();
create trigger journal_marks_no_truncate before truncate on journal_marks
  for each statement execute function refuse_change();
alter table journal_marks enable always trigger journal_marks_append_only;
alter table journal_marks enable always trigger journal_marks_no_truncate;

create table intake_items (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  channel text not null,
  unit_id text references org_units,
  sent_by text references people,
  received_at timestamptz not null,
  sent_at timestamptz not null,
  words text not null,
  kind text,
  language text not null,
  applicant_name text,
  applicant_contacts text,
  book_entry_id bigint,
  appeal_id bigint references appeals,
  settled_at timestamptz,
  settled_by text references people,
  return_reason text,
  check ((settled_at is null) = (appeal_id is null and return_reason is null)),
  check (appeal_id is null or return_reason is null)
);
comment on table intake_items is 'What a channel brought, before it is registered: raw, never lost, never edited; only its outcome is written later';
create index intake_items_waiting on intake_items (organization_id, id) where settled_at is null;
create index intake_items_organization on intake_items (organization_id, id desc);
create index intake_items_sent_by on intake_items (sent_by, id desc);
create index intake_items_unit on intake_items (unit_id) where unit_id is not null;
create index intake_items_appeal on intake_items (appeal_id) where appeal_id is not null;
create index intake_items_settled_by on intake_items (settled_by) where settled_by is not null;
create unique index intake_items_book_entry on intake_items (book_entry_id) where book_entry_id is not null and return_reason is null;

create function refuse_raw_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.settled_at is null
    and to_jsonb(new) - array['appeal_id', 'settled_at', 'settled_by', 'return_reason']
      = to_jsonb(old) - array['appeal_id', 'settled_at', 'settled_by', 'return_reason'] then
    return new;
  end if;
  raise exception '% on % refused: what a channel brought stays as it came', tg_op, tg_table_name using errcode = 'restrict_violation';
end $$;
create trigger intake_items_raw before update or delete on intake_items for each row execute function refuse_raw_change();
alter table intake_items enable always trigger intake_items_raw;

alter table files add column intake_item_id bigint references intake_items;
create index files_intake_item on files (intake_item_id) where intake_item_id is not null;
drop index files_unattached;
create index files_unattached on files (created_at) where appeal_id is null and intake_item_id is null;

create table originals (
  appeal_id bigint primary key references appeals,
  organization_id text not null references organizations,
  sheets integer not null,
  unit_id text references org_units,
  shelf text,
  person_id text references people,
  since timestamptz not null,
  return_on date,
  offered_to text references people,
  case_file_id bigint,
  destroyed_by text
);
comment on table originals is 'Where each paper lies and who has it: the index folded from the appeal''s facts (п. 4.7–4.8)';
create index originals_organization on originals (organization_id, appeal_id desc);
create index originals_unit on originals (unit_id, appeal_id desc) where unit_id is not null;
create index originals_person on originals (person_id, appeal_id desc) where person_id is not null;
create index originals_offered_to on originals (offered_to) where offered_to is not null;
create index originals_return_on on originals (organization_id, return_on) where return_on is not null;
create index originals_case_file on originals (case_file_id) where case_file_id is not null;
