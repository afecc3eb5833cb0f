-- Made by `npm run schema` from the migrations; a test compares.

create type charge_method as enum ('reading', 'average', 'norm', 'outside');

create type line_kind as enum ('opening', 'charge', 'common', 'recalculation', 'penalty', 'payment', 'penalty_payment');

create type service as enum ('electricity', 'heating', 'hot_water', 'cold_water', 'sewage', 'waste');

create table account_access (
  id bigint not null generated always as identity,
  account_id bigint not null,
  person_id text not null,
  way text not null,
  granted_by text not null,
  granted_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  ended_by text,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  FOREIGN KEY (ended_by) REFERENCES people(id),
  FOREIGN KEY (granted_by) REFERENCES people(id),
  FOREIGN KEY (person_id) REFERENCES people(id),
  CHECK ((way = ANY (ARRAY['code'::text, 'office'::text, 'shared'::text])))
);

create table account_changes (
  id bigint not null generated always as identity,
  account_id bigint not null,
  kind text not null,
  details jsonb not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  CHECK ((kind = ANY (ARRAY['terms'::text, 'plan'::text, 'meter_replaced'::text, 'verification'::text, 'seals'::text, 'secret_shown'::text, 'secret_renewed'::text, 'access_granted'::text, 'access_ended'::text]))),
  FOREIGN KEY (made_by) REFERENCES people(id)
);

create table account_services (
  id bigint not null generated always as identity,
  account_id bigint not null,
  service service not null,
  consumer_group text not null default 'household'::text,
  plan text not null default 'flat'::text,
  from_day date not null,
  to_day date,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  CHECK (((to_day IS NULL) OR (to_day >= from_day))),
  CHECK ((plan = ANY (ARRAY['flat'::text, 'tiers'::text, 'zones'::text])))
);

create table account_terms (
  id bigint not null generated always as identity,
  account_id bigint not null,
  from_day date not null,
  residents smallint not null,
  benefit boolean not null default false,
  basis text not null,
  made_by text,
  made_at timestamp with time zone not null,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  FOREIGN KEY (made_by) REFERENCES people(id),
  CHECK (((residents >= 0) AND (residents <= 50)))
);
comment on table account_terms is 'Who lives there, from a day on; the newest row of a day holds, none is ever changed';

create table accounts (
  id bigint not null generated always as identity,
  number text not null,
  premises_id bigint not null,
  holder_name text not null,
  secret_version integer not null default 1,
  opened_on date not null,
  closed_on date,
  PRIMARY KEY (id),
  CHECK (((closed_on IS NULL) OR (closed_on >= opened_on))),
  CHECK ((number ~ '^[0-9A-Za-zА-Яа-я/-]{1,30}$'::text)),
  UNIQUE (number),
  FOREIGN KEY (premises_id) REFERENCES premises(id)
);
comment on table accounts is 'Лицевой счёт; what changes with time stands in account_terms and account_services';

create table appeal_contents (
  appeal_id bigint not null,
  subject text not null,
  body text not null,
  applicant_group text not null,
  applicant_name text not null,
  applicant_address text not null,
  applicant_email text,
  applicant_phone text,
  applicant_identifier text,
  consent_version text,
  search tsvector generated always as ((to_tsvector('russian'::regconfig, ((subject || ' '::text) || body)) || to_tsvector('simple'::regconfig, ((((((((subject || ' '::text) || body) || ' '::text) || applicant_name) || ' '::text) || COALESCE(applicant_phone, ''::text)) || ' '::text) || COALESCE(applicant_email, ''::text))))) stored,
  applicant_account text,
  outgoing_number text,
  outgoing_on date,
  PRIMARY KEY (appeal_id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id)
);
comment on table appeal_contents is 'The applicant and the words, as received; apart from the log so that personal data can be erased and the chain stay whole';

create table appeal_events (
  appeal_id bigint not null,
  seq integer not null,
  at timestamp with time zone not null,
  by_person text,
  as_holder text not null,
  action text not null,
  data jsonb not null,
  prev_hash bytea,
  hash bytea not null,
  previous_seq integer generated always as (NULLIF((seq - 1), 0)) stored,
  PRIMARY KEY (appeal_id, seq),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  FOREIGN KEY (appeal_id, previous_seq) REFERENCES appeal_events(appeal_id, seq),
  FOREIGN KEY (by_person) REFERENCES people(id),
  CHECK (((seq > 0) AND ((seq = 1) = (prev_hash IS NULL))))
);

create table appeal_readers (
  holder text not null,
  appeal_id bigint not null,
  PRIMARY KEY (holder, appeal_id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id)
);

create table appeal_texts (
  appeal_id bigint not null,
  digest text not null,
  body text not null,
  PRIMARY KEY (appeal_id, digest),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id)
);
comment on table appeal_texts is 'Texts of reply versions and corrections; events name them by digest';

create table appeals (
  id bigint not null generated always as identity,
  organization_id text not null,
  number text not null,
  channel text not null,
  kind text not null,
  language text not null,
  state text not null,
  answer_way text not null,
  received_at timestamp with time zone not null,
  registered_at timestamp with time zone not null,
  due_on date,
  answered_on date,
  repeat_of bigint,
  joined_to bigint,
  last_seq integer not null,
  last_hash bytea not null,
  PRIMARY KEY (id),
  FOREIGN KEY (joined_to) REFERENCES appeals(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  FOREIGN KEY (repeat_of) REFERENCES appeals(id)
);
comment on table appeals is 'One row an appeal: the index folded from its events, written in the same transaction';

create table bill_print_parts (
  print_id bigint not null,
  n integer not null,
  accounts bigint[] not null,
  first_address text not null,
  last_address text not null,
  done_at timestamp with time zone,
  file_id uuid,
  PRIMARY KEY (print_id, n),
  FOREIGN KEY (file_id) REFERENCES files(id),
  FOREIGN KEY (print_id) REFERENCES bill_prints(id)
);

create table bill_prints (
  id bigint not null generated always as identity,
  period date not null,
  district text,
  building_id bigint,
  language text not null,
  bills integer not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  troubled_at timestamp with time zone,
  removed_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (building_id) REFERENCES buildings(id),
  CHECK (((district IS NULL) OR (building_id IS NULL))),
  CHECK ((language = ANY (ARRAY['ru'::text, 'kk'::text]))),
  FOREIGN KEY (made_by) REFERENCES people(id)
);
comment on table bill_prints is 'Bills of a month for paper, in parts; whose bill stands in which part is settled when it is asked for';

create table bills (
  account_id bigint not null,
  period date not null,
  run_id bigint not null,
  opening bigint not null,
  charged bigint not null,
  recalculated bigint not null,
  penalty bigint not null,
  paid bigint not null,
  closing bigint not null,
  balances jsonb not null,
  PRIMARY KEY (account_id, period),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  CHECK ((closing = ((((opening + charged) + recalculated) + penalty) + paid)))
);

create table book_entries (
  id bigint not null generated always as identity,
  book_id bigint not null,
  n integer not null,
  written_at timestamp with time zone not null,
  recorded_at timestamp with time zone not null,
  recorded_by text not null,
  kind text not null,
  language text not null,
  applicant_name text,
  applicant_contacts text,
  words text not null,
  sent_at timestamp with time zone,
  sent_by text,
  intake_item_id bigint,
  measures text,
  reply_number text,
  written_back_at timestamp with time zone,
  written_back_by text,
  PRIMARY KEY (id),
  FOREIGN KEY (book_id) REFERENCES review_books(id),
  UNIQUE (book_id, n),
  CHECK (((sent_at IS NULL) = (intake_item_id IS NULL))),
  CHECK (((written_back_at IS NULL) = (measures IS NULL))),
  FOREIGN KEY (intake_item_id) REFERENCES intake_items(id),
  CHECK ((n > 0)),
  FOREIGN KEY (recorded_by) REFERENCES people(id),
  FOREIGN KEY (sent_by) REFERENCES people(id),
  FOREIGN KEY (written_back_by) REFERENCES people(id)
);

create table buildings (
  id bigint not null generated always as identity,
  address text not null,
  district text not null default ''::text,
  common_heat_meter boolean not null default false,
  PRIMARY KEY (id)
);

create table cabinet_messages (
  appeal_id bigint not null,
  person_id text not null,
  organization_id text not null,
  account_id bigint,
  period date,
  service service,
  PRIMARY KEY (appeal_id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  FOREIGN KEY (person_id) REFERENCES people(id)
);
comment on table cabinet_messages is 'Which appeals were written in the cabinet, to whom and about which account';

create table case_files (
  id bigint not null generated always as identity,
  organization_id text not null,
  unit_id text not null,
  index text not null,
  title text not null,
  year integer not null,
  retention_years integer,
  ground text not null,
  opened_on date not null,
  opened_by text not null,
  closed_on date,
  closed_by text,
  act_id bigint,
  PRIMARY KEY (id),
  FOREIGN KEY (act_id) REFERENCES destruction_acts(id),
  CHECK (((closed_on IS NULL) = (closed_by IS NULL))),
  CHECK (((act_id IS NULL) OR (closed_on IS NOT NULL))),
  FOREIGN KEY (closed_by) REFERENCES people(id),
  FOREIGN KEY (opened_by) REFERENCES people(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  UNIQUE (organization_id, year, index),
  CHECK (((retention_years >= 1) AND (retention_years <= 75))),
  FOREIGN KEY (unit_id) REFERENCES org_units(id)
);

create table corrections (
  id bigint not null generated always as identity,
  account_id bigint not null,
  service service not null,
  corrects date,
  amount bigint not null,
  reason text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  kind line_kind,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  CHECK ((amount <> 0)),
  FOREIGN KEY (made_by) REFERENCES people(id)
);

create table deputies (
  id bigint not null generated always as identity,
  person_id text not null,
  deputy_id text not null,
  from_day date not null,
  to_day date not null,
  named_by text not null,
  named_at timestamp with time zone not null,
  ended_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((to_day >= from_day)),
  CHECK ((deputy_id <> person_id)),
  FOREIGN KEY (deputy_id) REFERENCES people(id),
  FOREIGN KEY (named_by) REFERENCES people(id),
  FOREIGN KEY (person_id) REFERENCES people(id)
);
comment on table deputies is 'Who acts for whom while they are away: the deputy holds what the absent one holds, and signs with their own name';

create table destruction_acts (
  id bigint not null generated always as identity,
  organization_id text not null,
  year integer not null,
  n integer not null,
  commission text not null,
  drawn_on date not null,
  drawn_by text not null,
  approved_on date,
  approved_by text,
  carried_out_on date,
  carried_out_by text,
  way text,
  cancelled_on date,
  PRIMARY KEY (id),
  FOREIGN KEY (approved_by) REFERENCES people(id),
  FOREIGN KEY (carried_out_by) REFERENCES people(id),
  CHECK (((approved_on IS NULL) = (approved_by IS NULL))),
  CHECK (((carried_out_on IS NULL) = (carried_out_by IS NULL))),
  CHECK (((carried_out_on IS NULL) = (way IS NULL))),
  CHECK (((carried_out_on IS NULL) OR (approved_on IS NOT NULL))),
  CHECK (((cancelled_on IS NULL) OR (approved_on IS NULL))),
  FOREIGN KEY (drawn_by) REFERENCES people(id),
  CHECK ((n > 0)),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  UNIQUE (organization_id, year, n)
);

create table exchange_imports (
  id bigint not null generated always as identity,
  kind text not null,
  file_name text not null,
  rows integer not null,
  refused integer not null,
  report jsonb not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  state text,
  period date,
  run_id bigint,
  checked_through integer not null default 0,
  applied_through integer not null default 0,
  added integer not null default 0,
  changed integer not null default 0,
  unchanged integer not null default 0,
  fault jsonb,
  applied_by text,
  applied_at timestamp with time zone,
  finished_at timestamp with time zone,
  cancelled_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (applied_by) REFERENCES people(id),
  FOREIGN KEY (made_by) REFERENCES people(id),
  FOREIGN KEY (run_id) REFERENCES settlement_runs(id),
  CHECK ((state = ANY (ARRAY['checking'::text, 'staged'::text, 'applying'::text, 'applied'::text, 'cancelled'::text, 'failed'::text])))
);

create table exchange_rows (
  import_id bigint not null,
  n integer not null,
  fields jsonb not null,
  given jsonb not null default '{}'::jsonb,
  verdict text,
  faults jsonb not null default '[]'::jsonb,
  was jsonb not null default '{}'::jsonb,
  PRIMARY KEY (import_id, n),
  FOREIGN KEY (import_id) REFERENCES exchange_imports(id),
  CHECK ((verdict = ANY (ARRAY['new'::text, 'changed'::text, 'unchanged'::text, 'refused'::text])))
);
comment on table exchange_rows is 'The rows of a file while it is judged and taken; those that were not refused are removed some weeks later';

create table files (
  id uuid not null,
  appeal_id bigint,
  task integer,
  name text not null,
  media_type text not null,
  size_bytes bigint not null,
  sha256 text not null,
  uploaded_by text,
  created_at timestamp with time zone not null,
  intake_item_id bigint,
  part text,
  PRIMARY KEY (id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  FOREIGN KEY (intake_item_id) REFERENCES intake_items(id),
  CHECK ((part = ANY (ARRAY['letter'::text, 'aside'::text]))),
  FOREIGN KEY (uploaded_by) REFERENCES people(id)
);

create table idempotency_keys (
  scope text not null,
  key text not null,
  request_digest bytea not null,
  appeal_id bigint not null,
  created_at timestamp with time zone not null,
  PRIMARY KEY (scope, key),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id)
);

create table intake_items (
  id bigint not null generated always as identity,
  organization_id text not null,
  channel text not null,
  unit_id text,
  sent_by text,
  received_at timestamp with time zone not null,
  sent_at timestamp with time zone not null,
  words text not null,
  kind text,
  language text not null,
  applicant_name text,
  applicant_contacts text,
  book_entry_id bigint,
  appeal_id bigint,
  settled_at timestamp with time zone,
  settled_by text,
  return_reason text,
  PRIMARY KEY (id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  FOREIGN KEY (book_entry_id) REFERENCES book_entries(id),
  CHECK (((settled_at IS NULL) = ((appeal_id IS NULL) AND (return_reason IS NULL)))),
  CHECK (((appeal_id IS NULL) OR (return_reason IS NULL))),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  FOREIGN KEY (sent_by) REFERENCES people(id),
  FOREIGN KEY (settled_by) REFERENCES people(id),
  FOREIGN KEY (unit_id) REFERENCES org_units(id)
);
comment on table intake_items is 'What a channel brought, before it is registered: raw, never lost, never edited; only its outcome is written later';

create table journal_entries (
  organization_id text not null,
  journal text not null,
  year integer not null,
  n integer not null,
  number text not null,
  number_key text not null,
  appeal_id bigint,
  registered_at timestamp with time zone not null,
  registrar text,
  prev_hash bytea,
  hash bytea not null,
  previous_n integer generated always as (NULLIF((n - 1), 0)) stored,
  reserved_for text,
  PRIMARY KEY (organization_id, journal, year, n),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  CHECK (((n = 1) = (prev_hash IS NULL))),
  CHECK (((appeal_id IS NULL) = (reserved_for IS NOT NULL))),
  CHECK ((n > 0)),
  FOREIGN KEY (organization_id, journal, year) REFERENCES journal_series(organization_id, journal, year),
  UNIQUE (organization_id, journal, year, number),
  FOREIGN KEY (organization_id, journal, year, previous_n) REFERENCES journal_entries(organization_id, journal, year, n),
  FOREIGN KEY (registrar) REFERENCES people(id)
);

create table journal_marks (
  organization_id text not null,
  journal text not null,
  year integer not null,
  seq integer not null,
  n integer not null,
  mark text not null,
  appeal_id bigint,
  reason text,
  by_person text,
  at timestamp with time zone not null,
  prev_hash bytea,
  hash bytea not null,
  previous_seq integer generated always as (NULLIF((seq - 1), 0)) stored,
  PRIMARY KEY (organization_id, journal, year, seq),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  FOREIGN KEY (by_person) REFERENCES people(id),
  CHECK (((seq = 1) = (prev_hash IS NULL))),
  CHECK (((mark = 'annulled'::text) = (reason IS NOT NULL))),
  CHECK (((mark = 'annulled'::text) OR (appeal_id IS NOT NULL))),
  CHECK ((mark = ANY (ARRAY['filled'::text, 'annulled'::text]))),
  FOREIGN KEY (organization_id, journal, year, n) REFERENCES journal_entries(organization_id, journal, year, n),
  UNIQUE (organization_id, journal, year, n, mark),
  FOREIGN KEY (organization_id, journal, year, previous_seq) REFERENCES journal_marks(organization_id, journal, year, seq),
  CHECK ((seq > 0))
);
comment on table journal_marks is 'What became of an entry after it was written: chained and gapless like the entries themselves';

create table journal_series (
  organization_id text not null,
  journal text not null,
  year integer not null,
  last_n integer not null default 0,
  last_hash bytea,
  last_mark integer not null default 0,
  last_mark_hash bytea,
  PRIMARY KEY (organization_id, journal, year),
  FOREIGN KEY (organization_id) REFERENCES organizations(id)
);

create table ledger_lines (
  account_id bigint not null,
  period date not null,
  kind line_kind not null,
  service service not null,
  entry bigint not null default 0,
  amount bigint not null,
  net bigint,
  vat bigint,
  quantity bigint,
  night bigint,
  method charge_method,
  plan text,
  residents smallint,
  meter_id bigint,
  since_reading bigint,
  reading_id bigint,
  run_id bigint,
  on_day date,
  PRIMARY KEY (account_id, period, kind, service, entry),
  FOREIGN KEY (account_id) REFERENCES accounts(id)
);
comment on table ledger_lines is 'A balance is the sum of its lines. Lines are never changed: another one corrects them';

create table link_requests (
  id bigint not null generated always as identity,
  account_given text not null,
  account_id bigint,
  person_id text not null,
  words text not null,
  asked_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  settled_by text,
  refused_for text,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  FOREIGN KEY (person_id) REFERENCES people(id),
  FOREIGN KEY (settled_by) REFERENCES people(id)
);

create table messages (
  id bigint not null generated always as identity,
  cause text not null,
  appeal_id bigint,
  template text not null,
  recipient text not null,
  language text not null,
  subject text not null,
  body text not null,
  attachments uuid[] not null default '{}'::uuid[],
  message_id text not null,
  status text not null,
  attempts integer not null default 0,
  outcome text,
  created_at timestamp with time zone not null,
  settled_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  UNIQUE (cause),
  CHECK (((status = ANY (ARRAY['sent'::text, 'failed'::text, 'unsure'::text])) = (settled_at IS NOT NULL))),
  UNIQUE (message_id),
  CHECK ((status = ANY (ARRAY['waiting'::text, 'sending'::text, 'transmitting'::text, 'sent'::text, 'failed'::text, 'unsure'::text])))
);

create table meters (
  id bigint not null generated always as identity,
  account_id bigint,
  building_id bigint,
  service service not null,
  serial text not null,
  digits smallint not null,
  registers smallint not null default 1,
  seals text not null default ''::text,
  verified_on date,
  next_verification_on date,
  installed_on date not null,
  removed_on date,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  FOREIGN KEY (building_id) REFERENCES buildings(id),
  CHECK (((account_id IS NULL) <> (building_id IS NULL))),
  CHECK (((digits >= 3) AND (digits <= 9))),
  CHECK ((registers = ANY (ARRAY[1, 2]))),
  UNIQUE (service, serial)
);

create table org_units (
  id text not null,
  organization_id text not null,
  PRIMARY KEY (id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id)
);

create table organizations (
  id text not null,
  PRIMARY KEY (id)
);
comment on table organizations is 'Synced from the group file at start, never deleted: what refers to them goes on resolving';

create table originals (
  appeal_id bigint not null,
  organization_id text not null,
  sheets integer not null,
  unit_id text,
  shelf text,
  person_id text,
  since timestamp with time zone not null,
  return_on date,
  offered_to text,
  case_file_id bigint,
  destroyed_by text,
  PRIMARY KEY (appeal_id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  FOREIGN KEY (case_file_id) REFERENCES case_files(id),
  FOREIGN KEY (offered_to) REFERENCES people(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  FOREIGN KEY (person_id) REFERENCES people(id),
  FOREIGN KEY (unit_id) REFERENCES org_units(id)
);
comment on table originals is 'Where each paper lies and who has it: the index folded from the appeal''s facts (п. 4.7–4.8)';

create table outage_buildings (
  outage_id bigint not null,
  building_id bigint not null,
  PRIMARY KEY (outage_id, building_id),
  FOREIGN KEY (building_id) REFERENCES buildings(id),
  FOREIGN KEY (outage_id) REFERENCES outages(id)
);

create table outages (
  id bigint not null generated always as identity,
  organization_id text not null,
  service service not null,
  starts_at timestamp with time zone not null,
  ends_at timestamp with time zone not null,
  reason_kk text not null,
  reason_ru text not null,
  places text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  cancelled_at timestamp with time zone,
  cancelled_by text,
  PRIMARY KEY (id),
  FOREIGN KEY (cancelled_by) REFERENCES people(id),
  CHECK ((ends_at > starts_at)),
  FOREIGN KEY (made_by) REFERENCES people(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id)
);

create table payment_batch_lines (
  batch_id bigint not null,
  n integer not null,
  raw text not null,
  account text,
  amount bigint,
  paid_on date,
  reference text,
  fault text,
  PRIMARY KEY (batch_id, n),
  FOREIGN KEY (batch_id) REFERENCES payment_batches(id)
);

create table payment_batches (
  id bigint not null generated always as identity,
  source text not null,
  file_name text not null,
  sha256 bytea not null,
  lines integer not null,
  faults integer not null default 0,
  total bigint not null,
  declared_total bigint,
  made_by text not null,
  made_at timestamp with time zone not null,
  booked_at timestamp with time zone,
  booked_by text,
  cancelled_at timestamp with time zone,
  PRIMARY KEY (id),
  FOREIGN KEY (booked_by) REFERENCES people(id),
  FOREIGN KEY (made_by) REFERENCES people(id)
);

create table payments (
  id bigint not null generated always as identity,
  source text not null,
  reference text not null,
  account_given text not null,
  account_id bigint,
  amount bigint not null,
  paid_on date not null,
  received_at timestamp with time zone not null,
  batch_id bigint,
  period date,
  settled_by text,
  returned_at timestamp with time zone,
  returned_for text,
  PRIMARY KEY (id),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  CHECK ((amount > 0)),
  FOREIGN KEY (batch_id) REFERENCES payment_batches(id),
  CHECK (((account_id IS NULL) = (period IS NULL))),
  FOREIGN KEY (settled_by) REFERENCES people(id),
  UNIQUE (source, reference)
);

create table people (
  id text not null,
  email text not null,
  name text not null,
  password_hash text,
  totp_secret text,
  totp_step bigint,
  created_at timestamp with time zone not null,
  PRIMARY KEY (id)
);

create table post_items (
  registry_id bigint not null,
  place integer not null,
  appeal_id bigint not null,
  letter_number text not null,
  addressee text not null,
  address text not null,
  post_number text,
  PRIMARY KEY (registry_id, place),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  CHECK ((place > 0)),
  UNIQUE (registry_id, appeal_id),
  FOREIGN KEY (registry_id) REFERENCES post_registries(id)
);

create table post_registries (
  id bigint not null generated always as identity,
  organization_id text not null,
  year integer not null,
  n integer not null,
  made_on date not null,
  made_by text not null,
  posted_on date,
  posted_by text,
  cancelled_on date,
  PRIMARY KEY (id),
  CHECK (((posted_on IS NULL) = (posted_by IS NULL))),
  CHECK (((cancelled_on IS NULL) OR (posted_on IS NULL))),
  FOREIGN KEY (made_by) REFERENCES people(id),
  CHECK ((n > 0)),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  UNIQUE (organization_id, year, n),
  FOREIGN KEY (posted_by) REFERENCES people(id)
);
comment on table post_registries is 'What is taken to the post together: a list for its clerk to sign';

create table premises (
  id bigint not null generated always as identity,
  building_id bigint not null,
  flat text not null default ''::text,
  area bigint not null,
  stove boolean not null default false,
  PRIMARY KEY (id),
  CHECK ((area > 0)),
  FOREIGN KEY (building_id) REFERENCES buildings(id),
  UNIQUE (building_id, flat)
);

create table readings (
  id bigint not null generated always as identity,
  meter_id bigint not null,
  taken_on date not null,
  value bigint not null,
  night bigint,
  source text not null,
  sent_by text,
  sent_at timestamp with time zone not null,
  reason text,
  photo_id uuid,
  doubts text[] not null default '{}'::text[],
  accepted_at timestamp with time zone,
  accepted_by text,
  refused_at timestamp with time zone,
  refused_by text,
  refused_for text,
  cause text,
  PRIMARY KEY (id),
  FOREIGN KEY (accepted_by) REFERENCES people(id),
  UNIQUE (cause),
  CHECK (((accepted_at IS NULL) OR (refused_at IS NULL))),
  CHECK (((refused_at IS NULL) = (refused_for IS NULL))),
  FOREIGN KEY (meter_id) REFERENCES meters(id),
  CHECK ((night >= 0)),
  FOREIGN KEY (photo_id) REFERENCES files(id),
  FOREIGN KEY (refused_by) REFERENCES people(id),
  FOREIGN KEY (sent_by) REFERENCES people(id),
  CHECK ((source = ANY (ARRAY['consumer'::text, 'inspector'::text, 'office'::text, 'automatic'::text, 'estimated'::text]))),
  CHECK ((value >= 0))
);

create table reply_drafts (
  appeal_id bigint not null,
  task integer not null,
  body text not null,
  revision integer not null,
  updated_by text not null,
  updated_at timestamp with time zone not null,
  PRIMARY KEY (appeal_id, task),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  FOREIGN KEY (updated_by) REFERENCES people(id)
);

create table reply_templates (
  id bigint not null generated always as identity,
  organization_id text not null,
  language text not null,
  kind text not null,
  topic text not null,
  title text not null,
  body text not null,
  made_by text not null,
  made_at timestamp with time zone not null,
  removed_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK ((kind = ANY (ARRAY['template'::text, 'faq'::text]))),
  CHECK ((language = ANY (ARRAY['kk'::text, 'ru'::text]))),
  FOREIGN KEY (made_by) REFERENCES people(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  UNIQUE NULLS NOT DISTINCT (organization_id, language, topic, title, removed_at)
);

create table review_books (
  id bigint not null generated always as identity,
  organization_id text not null,
  unit_id text not null,
  title text not null,
  opened_on date not null,
  opened_by text not null,
  closed_on date,
  closed_by text,
  PRIMARY KEY (id),
  CHECK (((closed_on IS NULL) = (closed_by IS NULL))),
  CHECK ((closed_on >= opened_on)),
  FOREIGN KEY (closed_by) REFERENCES people(id),
  FOREIGN KEY (opened_by) REFERENCES people(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  FOREIGN KEY (unit_id) REFERENCES org_units(id)
);

create table role_assignments (
  id bigint not null generated always as identity,
  person_id text not null,
  role text not null,
  organization_id text not null,
  unit_id text,
  valid_from date not null,
  valid_to date,
  PRIMARY KEY (id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  FOREIGN KEY (person_id) REFERENCES people(id),
  FOREIGN KEY (unit_id) REFERENCES org_units(id)
);

create table sessions (
  token_hash bytea not null,
  id text not null,
  person_id text not null,
  created_at timestamp with time zone not null,
  last_seen_at timestamp with time zone not null,
  expires_at timestamp with time zone not null,
  address text not null,
  agent text not null,
  PRIMARY KEY (token_hash),
  UNIQUE (id),
  FOREIGN KEY (person_id) REFERENCES people(id)
);

create table settlement_chunks (
  run_id bigint not null,
  n integer not null,
  from_building bigint not null,
  to_building bigint not null,
  accounts integer not null,
  done_at timestamp with time zone,
  totals jsonb,
  PRIMARY KEY (run_id, n),
  FOREIGN KEY (run_id) REFERENCES settlement_runs(id)
);

create table settlement_exceptions (
  run_id bigint not null,
  account_id bigint not null,
  service service not null,
  kind text not null,
  details jsonb not null,
  decision text,
  decided_by text,
  decided_at timestamp with time zone,
  PRIMARY KEY (run_id, account_id, service, kind),
  FOREIGN KEY (account_id) REFERENCES accounts(id),
  FOREIGN KEY (decided_by) REFERENCES people(id),
  FOREIGN KEY (run_id) REFERENCES settlement_runs(id)
);

create table settlement_runs (
  id bigint not null generated always as identity,
  period date not null,
  started_by text not null,
  started_at timestamp with time zone not null,
  accounts integer not null,
  counted_at timestamp with time zone,
  totals jsonb,
  posted_at timestamp with time zone,
  posted_by text,
  cancelled_at timestamp with time zone,
  PRIMARY KEY (id),
  CHECK (((posted_at IS NULL) OR ((counted_at IS NOT NULL) AND (cancelled_at IS NULL)))),
  CHECK ((EXTRACT(day FROM period) = (1)::numeric)),
  FOREIGN KEY (posted_by) REFERENCES people(id),
  FOREIGN KEY (started_by) REFERENCES people(id)
);
comment on table settlement_runs is 'What a run writes is a draft that nobody sees until it is posted; posting locks the month';

create table sign_in_attempts (
  id bigint not null generated always as identity,
  key text not null,
  at timestamp with time zone not null,
  PRIMARY KEY (id)
);

create table sign_in_codes (
  email text not null,
  code_hash bytea not null,
  expires_at timestamp with time zone not null,
  attempts integer not null default 0,
  PRIMARY KEY (email)
);

create table stock_take_lines (
  stock_take_id bigint not null,
  appeal_id bigint not null,
  expected boolean not null,
  found_at timestamp with time zone,
  found_by text,
  PRIMARY KEY (stock_take_id, appeal_id),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id),
  CHECK (((found_at IS NULL) = (found_by IS NULL))),
  CHECK ((expected OR (found_at IS NOT NULL))),
  FOREIGN KEY (found_by) REFERENCES people(id),
  FOREIGN KEY (stock_take_id) REFERENCES stock_takes(id)
);
comment on table stock_take_lines is 'What should lie there when the stock-take began, and what was scanned';

create table stock_takes (
  id bigint not null generated always as identity,
  organization_id text not null,
  unit_id text not null,
  started_at timestamp with time zone not null,
  started_by text not null,
  closed_at timestamp with time zone,
  closed_by text,
  PRIMARY KEY (id),
  CHECK (((closed_at IS NULL) = (closed_by IS NULL))),
  FOREIGN KEY (closed_by) REFERENCES people(id),
  FOREIGN KEY (organization_id) REFERENCES organizations(id),
  FOREIGN KEY (started_by) REFERENCES people(id),
  FOREIGN KEY (unit_id) REFERENCES org_units(id)
);

create table work_items (
  holder text not null,
  queue text not null,
  appeal_id bigint not null,
  task integer not null,
  due_on date not null,
  since timestamp with time zone not null,
  PRIMARY KEY (appeal_id, queue, task, holder),
  FOREIGN KEY (appeal_id) REFERENCES appeals(id)
);
comment on table work_items is 'Whom each open appeal waits for; rewritten with every event';

CREATE OR REPLACE FUNCTION public.refuse_account_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception 'what was changed on an account is never rewritten'; end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  raise exception '% on % refused: it is append-only', tg_op, tg_table_name using errcode = 'restrict_violation';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_ledger_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'DELETE' and old.run_id is not null and not exists (select 1 from settlement_runs r where r.id = old.run_id and r.posted_at is not null) then
    return old;
  end if;
  raise exception 'lines of the ledger are never changed: write another one that corrects them';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_raw_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.settled_at is null
    and to_jsonb(new) - array['appeal_id', 'settled_at', 'settled_by', 'return_reason']
      = to_jsonb(old) - array['appeal_id', 'settled_at', 'settled_by', 'return_reason'] then
    return new;
  end if;
  raise exception '% on % refused: what a channel brought stays as it came', tg_op, tg_table_name using errcode = 'restrict_violation';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_reading_change()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and old.accepted_at is null and old.refused_at is null
    and (to_jsonb(new) - '{accepted_at,accepted_by,refused_at,refused_by,refused_for}'::text[]) = (to_jsonb(old) - '{accepted_at,accepted_by,refused_at,refused_by,refused_for}'::text[]) then
    return new;
  end if;
  raise exception 'readings are never changed: send another one';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_series_rewind()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
begin
  if tg_op = 'UPDATE' and new.last_n >= old.last_n
    and (new.organization_id, new.journal, new.year) = (old.organization_id, old.journal, old.year) then
    return new;
  end if;
  raise exception '% on % refused: a series only goes forward', tg_op, tg_table_name using errcode = 'restrict_violation';
end $function$
;

CREATE OR REPLACE FUNCTION public.refuse_truncate()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin raise exception '% is never emptied', tg_table_name; end $function$
;

CREATE INDEX account_access_account ON public.account_access USING btree (account_id) WHERE (ended_at IS NULL);
CREATE INDEX account_access_ended_by ON public.account_access USING btree (ended_by) WHERE (ended_by IS NOT NULL);
CREATE INDEX account_access_granted_by ON public.account_access USING btree (granted_by);
CREATE UNIQUE INDEX account_access_person ON public.account_access USING btree (person_id, account_id) WHERE (ended_at IS NULL);
CREATE INDEX account_changes_account ON public.account_changes USING btree (account_id, id);
CREATE INDEX account_changes_made_by ON public.account_changes USING btree (made_by);
CREATE INDEX account_services_account ON public.account_services USING btree (account_id, service, from_day);
CREATE INDEX account_terms_account ON public.account_terms USING btree (account_id, from_day);
CREATE INDEX account_terms_made_by ON public.account_terms USING btree (made_by) WHERE (made_by IS NOT NULL);
CREATE INDEX accounts_holder ON public.accounts USING gin (holder_name gin_trgm_ops);
CREATE INDEX accounts_number_prefix ON public.accounts USING btree (number text_pattern_ops);
CREATE INDEX accounts_premises ON public.accounts USING btree (premises_id);
CREATE INDEX appeal_contents_account ON public.appeal_contents USING btree (applicant_account, appeal_id DESC) WHERE (applicant_account IS NOT NULL);
CREATE INDEX appeal_contents_email ON public.appeal_contents USING btree (lower(applicant_email), appeal_id DESC);
CREATE INDEX appeal_contents_identifier ON public.appeal_contents USING btree (applicant_identifier, appeal_id DESC) WHERE (applicant_identifier IS NOT NULL);
CREATE INDEX appeal_contents_name ON public.appeal_contents USING btree (lower(applicant_name) text_pattern_ops, appeal_id DESC);
CREATE INDEX appeal_contents_phone ON public.appeal_contents USING btree (applicant_phone, appeal_id DESC);
CREATE INDEX appeal_contents_search ON public.appeal_contents USING gin (search);
CREATE INDEX appeal_events_by_person ON public.appeal_events USING btree (by_person) WHERE (by_person IS NOT NULL);
CREATE INDEX appeal_readers_appeal ON public.appeal_readers USING btree (appeal_id);
CREATE INDEX appeals_joined_to ON public.appeals USING btree (joined_to) WHERE (joined_to IS NOT NULL);
CREATE INDEX appeals_organization ON public.appeals USING btree (organization_id, id DESC);
CREATE INDEX appeals_repeat_of ON public.appeals USING btree (repeat_of) WHERE (repeat_of IS NOT NULL);
CREATE INDEX appeals_state ON public.appeals USING btree (state, id DESC);
CREATE INDEX bill_print_parts_file ON public.bill_print_parts USING btree (file_id) WHERE (file_id IS NOT NULL);
CREATE INDEX bill_prints_building ON public.bill_prints USING btree (building_id) WHERE (building_id IS NOT NULL);
CREATE INDEX bill_prints_kept ON public.bill_prints USING btree (made_at) WHERE (removed_at IS NULL);
CREATE INDEX bill_prints_made_by ON public.bill_prints USING btree (made_by);
CREATE INDEX book_entries_intake_item ON public.book_entries USING btree (intake_item_id) WHERE (intake_item_id IS NOT NULL);
CREATE INDEX book_entries_recorded_by ON public.book_entries USING btree (recorded_by);
CREATE INDEX book_entries_sent_by ON public.book_entries USING btree (sent_by) WHERE (sent_by IS NOT NULL);
CREATE INDEX book_entries_to_write_back ON public.book_entries USING btree (book_id, id) WHERE ((written_back_at IS NULL) AND (sent_at IS NOT NULL));
CREATE INDEX book_entries_unsent ON public.book_entries USING btree (book_id) WHERE (sent_at IS NULL);
CREATE INDEX book_entries_written_back_by ON public.book_entries USING btree (written_back_by) WHERE (written_back_by IS NOT NULL);
CREATE UNIQUE INDEX buildings_address ON public.buildings USING btree (lower(address));
CREATE INDEX buildings_address_words ON public.buildings USING gin (address gin_trgm_ops);
CREATE INDEX cabinet_messages_account ON public.cabinet_messages USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX cabinet_messages_organization ON public.cabinet_messages USING btree (organization_id);
CREATE INDEX cabinet_messages_person ON public.cabinet_messages USING btree (person_id, appeal_id);
CREATE INDEX case_files_act ON public.case_files USING btree (act_id) WHERE (act_id IS NOT NULL);
CREATE INDEX case_files_closed_by ON public.case_files USING btree (closed_by) WHERE (closed_by IS NOT NULL);
CREATE INDEX case_files_opened_by ON public.case_files USING btree (opened_by);
CREATE INDEX case_files_organization ON public.case_files USING btree (organization_id, year DESC, index);
CREATE INDEX case_files_unit ON public.case_files USING btree (unit_id);
CREATE INDEX corrections_account ON public.corrections USING btree (account_id);
CREATE INDEX corrections_made_by ON public.corrections USING btree (made_by);
CREATE INDEX corrections_mirrored ON public.corrections USING btree (account_id, corrects, service, kind) WHERE (kind IS NOT NULL);
CREATE INDEX deputies_deputy ON public.deputies USING btree (deputy_id, to_day) WHERE (ended_at IS NULL);
CREATE INDEX deputies_named_by ON public.deputies USING btree (named_by);
CREATE INDEX deputies_person ON public.deputies USING btree (person_id, to_day);
CREATE INDEX destruction_acts_approved_by ON public.destruction_acts USING btree (approved_by) WHERE (approved_by IS NOT NULL);
CREATE INDEX destruction_acts_carried_out_by ON public.destruction_acts USING btree (carried_out_by) WHERE (carried_out_by IS NOT NULL);
CREATE INDEX destruction_acts_drawn_by ON public.destruction_acts USING btree (drawn_by);
CREATE INDEX exchange_imports_applied_by ON public.exchange_imports USING btree (applied_by) WHERE (applied_by IS NOT NULL);
CREATE INDEX exchange_imports_made_by ON public.exchange_imports USING btree (made_by);
CREATE INDEX exchange_imports_run ON public.exchange_imports USING btree (run_id) WHERE (run_id IS NOT NULL);
CREATE INDEX exchange_rows_refused ON public.exchange_rows USING btree (import_id, n) WHERE (verdict = 'refused'::text);
CREATE INDEX files_appeal ON public.files USING btree (appeal_id) WHERE (appeal_id IS NOT NULL);
CREATE INDEX files_intake_item ON public.files USING btree (intake_item_id) WHERE (intake_item_id IS NOT NULL);
CREATE INDEX files_unattached ON public.files USING btree (created_at) WHERE ((appeal_id IS NULL) AND (intake_item_id IS NULL));
CREATE INDEX files_uploaded_by ON public.files USING btree (uploaded_by) WHERE (uploaded_by IS NOT NULL);
CREATE INDEX idempotency_keys_appeal ON public.idempotency_keys USING btree (appeal_id);
CREATE INDEX idempotency_keys_created_at ON public.idempotency_keys USING btree (created_at);
CREATE INDEX intake_items_appeal ON public.intake_items USING btree (appeal_id) WHERE (appeal_id IS NOT NULL);
CREATE UNIQUE INDEX intake_items_book_entry ON public.intake_items USING btree (book_entry_id) WHERE ((book_entry_id IS NOT NULL) AND (return_reason IS NULL));
CREATE INDEX intake_items_of_entry ON public.intake_items USING btree (book_entry_id, id DESC) WHERE (book_entry_id IS NOT NULL);
CREATE INDEX intake_items_organization ON public.intake_items USING btree (organization_id, id DESC);
CREATE INDEX intake_items_sent_by ON public.intake_items USING btree (sent_by, id DESC);
CREATE INDEX intake_items_settled_by ON public.intake_items USING btree (settled_by) WHERE (settled_by IS NOT NULL);
CREATE INDEX intake_items_unit ON public.intake_items USING btree (unit_id) WHERE (unit_id IS NOT NULL);
CREATE INDEX intake_items_waiting ON public.intake_items USING btree (organization_id, id) WHERE (settled_at IS NULL);
CREATE INDEX journal_entries_appeal ON public.journal_entries USING btree (appeal_id);
CREATE INDEX journal_entries_n ON public.journal_entries USING btree (n, year);
CREATE INDEX journal_entries_number_key ON public.journal_entries USING btree (number_key text_pattern_ops);
CREATE INDEX journal_entries_registrar ON public.journal_entries USING btree (registrar) WHERE (registrar IS NOT NULL);
CREATE INDEX journal_entries_reserved ON public.journal_entries USING btree (organization_id, journal, year, n) WHERE (appeal_id IS NULL);
CREATE INDEX journal_marks_appeal ON public.journal_marks USING btree (appeal_id) WHERE (appeal_id IS NOT NULL);
CREATE INDEX journal_marks_by_person ON public.journal_marks USING btree (by_person) WHERE (by_person IS NOT NULL);
CREATE INDEX link_requests_account ON public.link_requests USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX link_requests_open ON public.link_requests USING btree (asked_at) WHERE (settled_at IS NULL);
CREATE INDEX link_requests_person ON public.link_requests USING btree (person_id);
CREATE INDEX link_requests_settled_by ON public.link_requests USING btree (settled_by) WHERE (settled_by IS NOT NULL);
CREATE INDEX messages_appeal ON public.messages USING btree (appeal_id) WHERE (appeal_id IS NOT NULL);
CREATE INDEX messages_troubled ON public.messages USING btree (id) WHERE (status = ANY (ARRAY['failed'::text, 'unsure'::text]));
CREATE INDEX messages_unsettled ON public.messages USING btree (id) WHERE (settled_at IS NULL);
CREATE INDEX meters_account ON public.meters USING btree (account_id) WHERE (account_id IS NOT NULL);
CREATE INDEX meters_building ON public.meters USING btree (building_id) WHERE (building_id IS NOT NULL);
CREATE INDEX org_units_organization ON public.org_units USING btree (organization_id);
CREATE INDEX originals_case_file ON public.originals USING btree (case_file_id, appeal_id) WHERE (case_file_id IS NOT NULL);
CREATE INDEX originals_destroyed ON public.originals USING btree (organization_id, appeal_id DESC) WHERE (destroyed_by IS NOT NULL);
CREATE INDEX originals_filed ON public.originals USING btree (organization_id, appeal_id DESC) WHERE (case_file_id IS NOT NULL);
CREATE INDEX originals_given_out ON public.originals USING btree (organization_id, appeal_id DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX originals_lying ON public.originals USING btree (organization_id, appeal_id DESC) WHERE ((person_id IS NULL) AND (case_file_id IS NULL) AND (destroyed_by IS NULL));
CREATE INDEX originals_offered ON public.originals USING btree (organization_id, appeal_id DESC) WHERE (offered_to IS NOT NULL);
CREATE INDEX originals_offered_to ON public.originals USING btree (offered_to) WHERE (offered_to IS NOT NULL);
CREATE INDEX originals_organization ON public.originals USING btree (organization_id, appeal_id DESC);
CREATE INDEX originals_person ON public.originals USING btree (person_id, appeal_id DESC) WHERE (person_id IS NOT NULL);
CREATE INDEX originals_return_on ON public.originals USING btree (organization_id, return_on) WHERE (return_on IS NOT NULL);
CREATE INDEX originals_unit ON public.originals USING btree (unit_id, appeal_id DESC) WHERE (unit_id IS NOT NULL);
CREATE INDEX outage_buildings_building ON public.outage_buildings USING btree (building_id);
CREATE INDEX outages_cancelled_by ON public.outages USING btree (cancelled_by) WHERE (cancelled_by IS NOT NULL);
CREATE INDEX outages_ends_at ON public.outages USING btree (ends_at) WHERE (cancelled_at IS NULL);
CREATE INDEX outages_made_by ON public.outages USING btree (made_by);
CREATE INDEX outages_organization ON public.outages USING btree (organization_id);
CREATE INDEX payment_batches_booked_by ON public.payment_batches USING btree (booked_by) WHERE (booked_by IS NOT NULL);
CREATE UNIQUE INDEX payment_batches_file ON public.payment_batches USING btree (sha256) WHERE (cancelled_at IS NULL);
CREATE INDEX payment_batches_made_by ON public.payment_batches USING btree (made_by);
CREATE INDEX payments_account ON public.payments USING btree (account_id, paid_on) WHERE (account_id IS NOT NULL);
CREATE INDEX payments_batch ON public.payments USING btree (batch_id) WHERE (batch_id IS NOT NULL);
CREATE INDEX payments_paid ON public.payments USING btree (paid_on, id);
CREATE INDEX payments_returned ON public.payments USING btree (paid_on, id) WHERE (returned_at IS NOT NULL);
CREATE INDEX payments_settled_by ON public.payments USING btree (settled_by) WHERE (settled_by IS NOT NULL);
CREATE INDEX payments_source ON public.payments USING btree (source, paid_on, id);
CREATE INDEX payments_unresolved ON public.payments USING btree (id) WHERE ((account_id IS NULL) AND (returned_at IS NULL));
CREATE UNIQUE INDEX people_email ON public.people USING btree (lower(email));
CREATE INDEX post_items_appeal ON public.post_items USING btree (appeal_id);
CREATE INDEX post_registries_made_by ON public.post_registries USING btree (made_by);
CREATE INDEX post_registries_posted_by ON public.post_registries USING btree (posted_by) WHERE (posted_by IS NOT NULL);
CREATE INDEX readings_accepted ON public.readings USING btree (accepted_at, id) WHERE (accepted_at IS NOT NULL);
CREATE INDEX readings_accepted_by ON public.readings USING btree (accepted_by) WHERE (accepted_by IS NOT NULL);
CREATE INDEX readings_meter ON public.readings USING btree (meter_id, taken_on, id);
CREATE INDEX readings_photo ON public.readings USING btree (photo_id) WHERE (photo_id IS NOT NULL);
CREATE INDEX readings_refused_by ON public.readings USING btree (refused_by) WHERE (refused_by IS NOT NULL);
CREATE INDEX readings_sent_by ON public.readings USING btree (sent_by) WHERE (sent_by IS NOT NULL);
CREATE INDEX readings_waiting ON public.readings USING btree (sent_at) WHERE ((accepted_at IS NULL) AND (refused_at IS NULL));
CREATE INDEX reply_drafts_updated_by ON public.reply_drafts USING btree (updated_by);
CREATE INDEX reply_templates_made_by ON public.reply_templates USING btree (made_by);
CREATE INDEX reply_templates_organization ON public.reply_templates USING btree (organization_id, language, topic) WHERE (removed_at IS NULL);
CREATE INDEX review_books_closed_by ON public.review_books USING btree (closed_by) WHERE (closed_by IS NOT NULL);
CREATE INDEX review_books_opened_by ON public.review_books USING btree (opened_by);
CREATE INDEX review_books_organization ON public.review_books USING btree (organization_id, id DESC);
CREATE INDEX review_books_unit ON public.review_books USING btree (unit_id, id DESC);
CREATE INDEX role_assignments_person ON public.role_assignments USING btree (person_id);
CREATE INDEX role_assignments_place ON public.role_assignments USING btree (organization_id, role, unit_id);
CREATE INDEX role_assignments_unit ON public.role_assignments USING btree (unit_id) WHERE (unit_id IS NOT NULL);
CREATE INDEX sessions_expires_at ON public.sessions USING btree (expires_at);
CREATE INDEX sessions_person ON public.sessions USING btree (person_id);
CREATE INDEX settlement_exceptions_account ON public.settlement_exceptions USING btree (account_id);
CREATE INDEX settlement_exceptions_decided_by ON public.settlement_exceptions USING btree (decided_by) WHERE (decided_by IS NOT NULL);
CREATE INDEX settlement_exceptions_open ON public.settlement_exceptions USING btree (run_id, account_id) WHERE (decision IS NULL);
CREATE UNIQUE INDEX settlement_runs_period ON public.settlement_runs USING btree (period) WHERE (cancelled_at IS NULL);
CREATE INDEX settlement_runs_posted_by ON public.settlement_runs USING btree (posted_by) WHERE (posted_by IS NOT NULL);
CREATE INDEX settlement_runs_started_by ON public.settlement_runs USING btree (started_by);
CREATE INDEX sign_in_attempts_at ON public.sign_in_attempts USING btree (at);
CREATE INDEX sign_in_attempts_key ON public.sign_in_attempts USING btree (key, at);
CREATE INDEX stock_take_lines_appeal ON public.stock_take_lines USING btree (appeal_id);
CREATE INDEX stock_take_lines_found_by ON public.stock_take_lines USING btree (found_by) WHERE (found_by IS NOT NULL);
CREATE INDEX stock_take_lines_missing ON public.stock_take_lines USING btree (stock_take_id, appeal_id) WHERE (found_at IS NULL);
CREATE INDEX stock_takes_closed_by ON public.stock_takes USING btree (closed_by) WHERE (closed_by IS NOT NULL);
CREATE UNIQUE INDEX stock_takes_open ON public.stock_takes USING btree (unit_id) WHERE (closed_at IS NULL);
CREATE INDEX stock_takes_organization ON public.stock_takes USING btree (organization_id, id DESC);
CREATE INDEX stock_takes_started_by ON public.stock_takes USING btree (started_by);
CREATE INDEX stock_takes_unit ON public.stock_takes USING btree (unit_id);
CREATE INDEX work_items_due ON public.work_items USING btree (holder, due_on, appeal_id);
CREATE INDEX work_items_holder ON public.work_items USING btree (holder, queue, due_on, appeal_id);
CREATE TRIGGER account_changes_kept BEFORE DELETE OR UPDATE ON public.account_changes FOR EACH ROW EXECUTE FUNCTION refuse_account_change();
CREATE TRIGGER account_changes_not_emptied BEFORE TRUNCATE ON public.account_changes FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER appeal_events_append_only BEFORE DELETE OR UPDATE ON public.appeal_events FOR EACH ROW EXECUTE FUNCTION refuse_change(); -- always
CREATE TRIGGER appeal_events_no_truncate BEFORE TRUNCATE ON public.appeal_events FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- always
CREATE TRIGGER bills_kept BEFORE DELETE OR UPDATE ON public.bills FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER bills_not_emptied BEFORE TRUNCATE ON public.bills FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER intake_items_raw BEFORE DELETE OR UPDATE ON public.intake_items FOR EACH ROW EXECUTE FUNCTION refuse_raw_change(); -- always
CREATE TRIGGER journal_entries_append_only BEFORE DELETE OR UPDATE ON public.journal_entries FOR EACH ROW EXECUTE FUNCTION refuse_change(); -- always
CREATE TRIGGER journal_entries_no_truncate BEFORE TRUNCATE ON public.journal_entries FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- always
CREATE TRIGGER journal_marks_append_only BEFORE DELETE OR UPDATE ON public.journal_marks FOR EACH ROW EXECUTE FUNCTION refuse_change(); -- always
CREATE TRIGGER journal_marks_no_truncate BEFORE TRUNCATE ON public.journal_marks FOR EACH STATEMENT EXECUTE FUNCTION refuse_change(); -- always
CREATE TRIGGER journal_series_forward BEFORE DELETE OR UPDATE ON public.journal_series FOR EACH ROW EXECUTE FUNCTION refuse_series_rewind(); -- always
CREATE TRIGGER ledger_lines_kept BEFORE DELETE OR UPDATE ON public.ledger_lines FOR EACH ROW EXECUTE FUNCTION refuse_ledger_change();
CREATE TRIGGER ledger_lines_not_emptied BEFORE TRUNCATE ON public.ledger_lines FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
CREATE TRIGGER readings_kept BEFORE DELETE OR UPDATE ON public.readings FOR EACH ROW EXECUTE FUNCTION refuse_reading_change();
