-- The consumers' ledger (п. 11.3.1): homes, accounts, meters, readings, lines, settlement, payments, the cabinet.

create type service as enum ('electricity', 'heating', 'hot_water', 'cold_water', 'sewage', 'waste');
create type line_kind as enum ('opening', 'charge', 'common', 'recalculation', 'penalty', 'payment', 'penalty_payment');
create type charge_method as enum ('reading', 'average', 'norm', 'outside');

create table buildings (
  id bigint generated always as identity primary key,
  -- As written on bills, without the flat.
  address text not null,
  district text not null default '',
  -- The house counts its heat together: another tariff.
  common_heat_meter boolean not null default false
);
create unique index buildings_address on buildings (lower(address));

create table premises (
  id bigint generated always as identity primary key,
  building_id bigint not null references buildings,
  flat text not null default '',
  -- Ten-thousandths of a square metre.
  area bigint not null check (area > 0),
  stove boolean not null default false,
  unique (building_id, flat)
);

create table accounts (
  id bigint generated always as identity primary key,
  number text not null unique check (number ~ '^[0-9A-Za-zА-Яа-я/-]{1,30}$'),
  premises_id bigint not null references premises,
  holder_name text not null,
  -- Counts up when the secret of its bills is to be another one.
  secret_version integer not null default 1,
  opened_on date not null,
  closed_on date,
  check (closed_on is null or closed_on >= opened_on)
);
create index accounts_premises on accounts (premises_id);
create index accounts_holder on accounts using gin (holder_name gin_trgm_ops);
comment on table accounts is 'Лицевой счёт; what changes with time stands in account_terms and account_services';

create table account_terms (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts,
  from_day date not null,
  residents smallint not null check (residents between 0 and 50),
  benefit boolean not null default false,
  basis text not null,
  made_by text references people,
  made_at timestamptz not null
);
create index account_terms_account on account_terms (account_id, from_day);
create index account_terms_made_by on account_terms (made_by) where made_by is not null;
comment on table account_terms is 'Who lives there, from a day on; the newest row of a day holds, none is ever changed';

create table account_services (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts,
  service service not null,
  consumer_group text not null default 'household',
  plan text not null default 'flat' check (plan in ('flat', 'tiers', 'zones')),
  from_day date not null,
  to_day date,
  check (to_day is null or to_day >= from_day)
);
create index account_services_account on account_services (account_id, service, from_day);

create table meters (
  id bigint generated always as identity primary key,
  account_id bigint references accounts,
  -- A meter of the whole house, whose rest is shared by all (common-house needs).
  building_id bigint references buildings,
  service service not null,
  serial text not null,
  digits smallint not null check (digits between 3 and 9),
  -- 2: day and night are counted apart.
  registers smallint not null default 1 check (registers in (1, 2)),
  seals text not null default '',
  verified_on date,
  next_verification_on date,
  installed_on date not null,
  removed_on date,
  check ((account_id is null) <> (building_id is null)),
  unique (service, serial)
);
create index meters_account on meters (account_id) where account_id is not null;
create index meters_building on meters (building_id) where building_id is not null;

create table readings (
  id bigint generated always as identity primary key,
  meter_id bigint not null references meters,
  taken_on date not null,
  -- Ten-thousandths of a unit; of a meter with two registers: day and night.
  value bigint not null check (value >= 0),
  night bigint check (night >= 0),
  source text not null check (source in ('consumer', 'inspector', 'office', 'automatic', 'estimated')),
  sent_by text references people,
  sent_at timestamptz not null,
  -- Why an odd value is right, in the sender's words, or a photo of the meter.
  reason text,
  photo_id uuid references files,
  doubts text[] not null default '{}',
  accepted_at timestamptz,
  accepted_by text references people,
  refused_at timestamptz,
  refused_by text references people,
  refused_for text,
  -- The same sending, repeated, is answered with the same reading.
  cause text unique,
  check (accepted_at is null or refused_at is null),
  check ((refused_at is null) = (refused_for is null))
);
create index readings_meter on readings (meter_id, taken_on, id);
create index readings_waiting on readings (sent_at) where accepted_at is null and refused_at is null;
create index readings_sent_by on readings (sent_by) where sent_by is not null;
create index readings_accepted_by on readings (accepted_by) where accepted_by is not null;
create index readings_refused_by on readings (refused_by) where refused_by is not null;
create index readings_photo on readings (photo_id) where photo_id is not null;

create table settlement_runs (
  id bigint generated always as identity primary key,
  -- The first day of the month that is settled.
  period date not null check (extract(day from period) = 1),
  started_by text not null references people,
  started_at timestamptz not null,
  accounts integer not null,
  counted_at timestamptz,
  -- Sums of the counted run, by service, for the preview.
  totals jsonb,
  posted_at timestamptz,
  posted_by text references people,
  cancelled_at timestamptz,
  check (posted_at is null or (counted_at is not null and cancelled_at is null))
);
create unique index settlement_runs_period on settlement_runs (period) where cancelled_at is null;
create index settlement_runs_started_by on settlement_runs (started_by);
create index settlement_runs_posted_by on settlement_runs (posted_by) where posted_by is not null;
comment on table settlement_runs is 'What a run writes is a draft that nobody sees until it is posted; posting locks the month';

create table settlement_chunks (
  run_id bigint not null references settlement_runs,
  n integer not null,
  from_building bigint not null,
  to_building bigint not null,
  accounts integer not null,
  done_at timestamptz,
  totals jsonb,
  primary key (run_id, n)
);

create table settlement_exceptions (
  run_id bigint not null references settlement_runs,
  account_id bigint not null references accounts,
  service service not null,
  kind text not null,
  details jsonb not null,
  -- What the run does meanwhile, or was told to do.
  decision text,
  decided_by text references people,
  decided_at timestamptz,
  primary key (run_id, account_id, service, kind)
);
create index settlement_exceptions_open on settlement_exceptions (run_id, account_id) where decision is null;
create index settlement_exceptions_account on settlement_exceptions (account_id);
create index settlement_exceptions_decided_by on settlement_exceptions (decided_by) where decided_by is not null;

create table ledger_lines (
  account_id bigint not null references accounts,
  -- The first day of the month whose bill shows it.
  period date not null,
  kind line_kind not null,
  service service not null,
  -- What it comes of: 0 the month's settlement, otherwise the payment or the correction.
  entry bigint not null default 0,
  -- Whole tiyn; more than nothing: owed, less: paid or given back.
  amount bigint not null,
  net bigint,
  vat bigint,
  -- Ten-thousandths of a unit; `night` is the part of the night zone.
  quantity bigint,
  night bigint,
  method charge_method,
  plan text,
  residents smallint,
  -- No foreign keys: a month has some million lines, and neither meters, readings nor runs are ever removed.
  meter_id bigint,
  since_reading bigint,
  reading_id bigint,
  run_id bigint,
  on_day date,
  primary key (account_id, period, kind, service, entry)
);
comment on table ledger_lines is 'A balance is the sum of its lines. Lines are never changed: another one corrects them';

create table bills (
  account_id bigint not null references accounts,
  period date not null,
  run_id bigint not null,
  opening bigint not null,
  charged bigint not null,
  recalculated bigint not null,
  penalty bigint not null,
  paid bigint not null,
  closing bigint not null,
  -- By service, at the end of the month: [principal, penalty], in tiyn.
  balances jsonb not null,
  primary key (account_id, period),
  check (closing = opening + charged + recalculated + penalty + paid)
);

create table corrections (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts,
  service service not null,
  -- The month that was wrong.
  corrects date,
  amount bigint not null check (amount <> 0),
  reason text not null,
  made_by text not null references people,
  made_at timestamptz not null
);
create index corrections_account on corrections (account_id);
create index corrections_made_by on corrections (made_by);

create table payment_batches (
  id bigint generated always as identity primary key,
  source text not null,
  file_name text not null,
  -- The same file is not taken twice.
  sha256 bytea not null,
  lines integer not null,
  -- Lines that cannot be booked.
  faults integer not null default 0,
  total bigint not null,
  declared_total bigint,
  made_by text not null references people,
  made_at timestamptz not null,
  booked_at timestamptz,
  booked_by text references people,
  cancelled_at timestamptz
);
create unique index payment_batches_file on payment_batches (sha256) where cancelled_at is null;
create index payment_batches_made_by on payment_batches (made_by);
create index payment_batches_booked_by on payment_batches (booked_by) where booked_by is not null;

create table payment_batch_lines (
  batch_id bigint not null references payment_batches,
  n integer not null,
  raw text not null,
  account text,
  amount bigint,
  paid_on date,
  reference text,
  -- Why it cannot be booked.
  fault text,
  primary key (batch_id, n)
);

create table payments (
  id bigint generated always as identity primary key,
  source text not null,
  reference text not null,
  -- As the payer gave it.
  account_given text not null,
  account_id bigint references accounts,
  amount bigint not null check (amount > 0),
  paid_on date not null,
  received_at timestamptz not null,
  batch_id bigint references payment_batches,
  -- The month its lines stand in; absent: it waits for its account.
  period date,
  settled_by text references people,
  returned_at timestamptz,
  returned_for text,
  unique (source, reference),
  check ((account_id is null) = (period is null))
);
create index payments_account on payments (account_id, paid_on) where account_id is not null;
create index payments_unresolved on payments (id) where account_id is null and returned_at is null;
create index payments_batch on payments (batch_id) where batch_id is not null;
create index payments_settled_by on payments (settled_by) where settled_by is not null;

create table account_access (
  id bigint generated always as identity primary key,
  account_id bigint not null references accounts,
  person_id text not null references people,
  way text not null check (way in ('code', 'office', 'shared')),
  granted_by text not null references people,
  granted_at timestamptz not null,
  ended_at timestamptz,
  ended_by text references people
);
create unique index account_access_person on account_access (person_id, account_id) where ended_at is null;
create index account_access_account on account_access (account_id) where ended_at is null;
create index account_access_granted_by on account_access (granted_by);
create index account_access_ended_by on account_access (ended_by) where ended_by is not null;

create table link_requests (
  id bigint generated always as identity primary key,
  account_given text not null,
  account_id bigint references accounts,
  person_id text not null references people,
  words text not null,
  asked_at timestamptz not null,
  settled_at timestamptz,
  settled_by text references people,
  refused_for text
);
create index link_requests_open on link_requests (asked_at) where settled_at is null;
create index link_requests_person on link_requests (person_id);
create index link_requests_account on link_requests (account_id) where account_id is not null;
create index link_requests_settled_by on link_requests (settled_by) where settled_by is not null;

create table cabinet_messages (
  appeal_id bigint primary key references appeals,
  person_id text not null references people,
  organization_id text not null references organizations,
  account_id bigint references accounts,
  -- The line it disputes.
  period date,
  service service
);
create index cabinet_messages_person on cabinet_messages (person_id, appeal_id);
create index cabinet_messages_account on cabinet_messages (account_id) where account_id is not null;
create index cabinet_messages_organization on cabinet_messages (organization_id);
comment on table cabinet_messages is 'Which appeals were written in the cabinet, to whom and about which account';

create table exchange_imports (
  id bigint generated always as identity primary key,
  kind text not null,
  file_name text not null,
  rows integer not null,
  refused integer not null,
  -- Refused rows with their reasons, for the report: [{row, fields, faults}].
  report jsonb not null,
  made_by text not null references people,
  made_at timestamptz not null
);
create index exchange_imports_made_by on exchange_imports (made_by);

create table bill_prints (
  id bigint generated always as identity primary key,
  -- The first day of the month whose bills are printed.
  period date not null,
  -- Absent: everybody's.
  district text,
  building_id bigint references buildings,
  language text not null check (language in ('ru', 'kk')),
  bills integer not null,
  made_by text not null references people,
  made_at timestamptz not null,
  cancelled_at timestamptz,
  -- The last try failed; it is tried again.
  troubled_at timestamptz,
  -- Its files are kept for a while, for they can be made again.
  removed_at timestamptz,
  check (district is null or building_id is null)
);
create index bill_prints_made_by on bill_prints (made_by);
create index bill_prints_building on bill_prints (building_id) where building_id is not null;
create index bill_prints_kept on bill_prints (made_at) where removed_at is null;

create table bill_print_parts (
  print_id bigint not null references bill_prints,
  n integer not null,
  -- In the order they are carried round: by district, house and flat.
  accounts bigint[] not null,
  first_address text not null,
  last_address text not null,
  done_at timestamptz,
  file_id uuid references files,
  primary key (print_id, n)
);
create index bill_print_parts_file on bill_print_parts (file_id) where file_id is not null;
comment on table bill_prints is 'Bills of a month for paper, in parts; whose bill stands in which part is settled when it is asked for';

-- Lines of a posted month, or that people and banks brought, are for ever; a draft of a run may be counted again.
create function refuse_ledger_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and old.run_id is not null and not exists (select 1 from settlement_runs r where r.id = old.run_id and r.posted_at is not null) then
    return old;
  end if;
  raise exception 'lines of the ledger are never changed: write another one that corrects them';
end $$;
create trigger ledger_lines_kept before update or delete on ledger_lines for each row execute function refuse_ledger_change();
create trigger bills_kept before update or delete on bills for each row execute function refuse_ledger_change();
create function refuse_truncate() returns trigger language plpgsql as $$ begin raise exception '% is never emptied', tg_table_name; end $$;
create trigger ledger_lines_not_emptied before truncate on ledger_lines execute function refuse_truncate();
create trigger bills_not_emptied before truncate on bills execute function refuse_truncate();

-- A reading is decided once and otherwise never changed.
create function refuse_reading_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and old.accepted_at is null and old.refused_at is null
    and (to_jsonb(new) - '{accepted_at,accepted_by,refused_at,refused_by,refused_for}'::text[]) = (to_jsonb(old) - '{accepted_at,accepted_by,refused_at,refused_by,refused_for}'::text[]) then
    return new;
  end if;
  raise exception 'readings are never changed: send another one';
end $$;
create trigger readings_kept before update or delete on readings for each row execute function refuse_reading_change();
