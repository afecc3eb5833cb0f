-- The life of papers after registration: case files with their retention terms, stock-takes, acts of destruction
-- (п. 4.7–4.8, 7.8).

create table destruction_acts (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  year integer not null,
  n integer not null check (n > 0),
  commission text not null,
  drawn_on date not null,
  drawn_by text not null references people,
  approved_on date,
  approved_by text references people,
  carried_out_on date,
  carried_out_by text references people,
  way text,
  cancelled_on date,
  unique (organization_id, year, n),
  check ((approved_on is null) = (approved_by is null)),
  check ((carried_out_on is null) = (carried_out_by is null)),
  check ((carried_out_on is null) = (way is null)),
  check (carried_out_on is null or approved_on is not null),
  check (cancelled_on is null or approved_on is null)
);
create index destruction_acts_drawn_by on destruction_acts (drawn_by);
create index destruction_acts_approved_by on destruction_acts (approved_by) where approved_by is not null;
create index destruction_acts_carried_out_by on destruction_acts (carried_out_by) where carried_out_by is not null;

create table case_files (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  unit_id text not null references org_units,
  index text not null,
  title text not null,
  year integer not null,
  retention_years integer check (retention_years between 1 and 75),
  ground text not null,
  opened_on date not null,
  opened_by text not null references people,
  closed_on date,
  closed_by text references people,
  act_id bigint references destruction_acts,
  unique (organization_id, year, index),
  check ((closed_on is null) = (closed_by is null)),
  check (act_id is null or closed_on is not null)
);
comment on column case_files.retention_years is 'Whole years after the year of closing; null: kept for ever';
comment on column case_files.ground is 'The article of the list of retention terms';
create index case_files_organization on case_files (organization_id, year desc, index);
create index case_files_unit on case_files (unit_id);
create index case_files_act on case_files (act_id) where act_id is not null;
create index case_files_opened_by on case_files (opened_by);
create index case_files_closed_by on case_files (closed_by) where closed_by is not null;

alter table originals add foreign key (case_file_id) references case_files;
drop index originals_case_file;
create index originals_case_file on originals (case_file_id, appeal_id) where case_file_id is not null;
create index originals_lying on originals (organization_id, appeal_id desc) where person_id is null and case_file_id is null and destroyed_by is null;
create index originals_given_out on originals (organization_id, appeal_id desc) where person_id is not null;
create index originals_filed on originals (organization_id, appeal_id desc) where case_file_id is not null;
create index originals_offered on originals (organization_id, appeal_id desc) where offered_to is not null;
create index originals_destroyed on originals (organization_id, appeal_id desc) where destroyed_by is not null;

create table stock_takes (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  unit_id text not null references org_units,
  started_at timestamptz not null,
  started_by text not null references people,
  closed_at timestamptz,
  closed_by text references people,
  check ((closed_at is null) = (closed_by is null))
);
create unique index stock_takes_open on stock_takes (unit_id) where closed_at is null;
create index stock_takes_organization on stock_takes (organization_id, id desc);
create index stock_takes_unit on stock_takes (unit_id);
create index stock_takes_started_by on stock_takes (started_by);
create index stock_takes_closed_by on stock_takes (closed_by) where closed_by is not null;

create table stock_take_lines (
  stock_take_id bigint not null references stock_takes,
  appeal_id bigint not null references appeals,
  expected boolean not null,
  found_at timestamptz,
  found_by text references people,
  primary key (stock_take_id, appeal_id),
  check ((found_at is null) = (found_by is null)),
  check (expected or found_at is not null)
);
comment on table stock_take_lines is 'What should lie there when the stock-take began, and what was scanned';
create index stock_take_lines_appeal on stock_take_lines (appeal_id);
create index stock_take_lines_found_by on stock_take_lines (found_by) where found_by is not null;
create index stock_take_lines_missing on stock_take_lines (stock_take_id, appeal_id) where found_at is null;
