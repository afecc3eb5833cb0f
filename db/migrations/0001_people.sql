-- People, their places and their sign-ins.

create extension if not exists pg_trgm;

create table organizations (
  id text primary key
);
comment on table organizations is 'Synced from the group file at start, never deleted: what refers to them goes on resolving';

create table org_units (
  id text primary key,
  organization_id text not null references organizations
);
create index org_units_organization on org_units (organization_id);

create table people (
  id text primary key,
  email text not null,
  name text not null,
  -- Argon2id; null: signs in by one-time code only, as consumers do.
  password_hash text,
  -- Base32 TOTP secret, once its first code was confirmed.
  totp_secret text,
  -- The last thirty-second step whose code was used, so that a code serves once.
  totp_step bigint,
  created_at timestamptz not null
);
create unique index people_email on people (lower(email));

create table role_assignments (
  id bigint generated always as identity primary key,
  person_id text not null references people,
  role text not null,
  organization_id text not null references organizations,
  unit_id text references org_units,
  valid_from date not null,
  valid_to date
);
create index role_assignments_person on role_assignments (person_id);
create index role_assignments_place on role_assignments (organization_id, role, unit_id);
create index role_assignments_unit on role_assignments (unit_id) where unit_id is not null;

create table sessions (
  -- SHA-256 of the cookie's token: who reads the table cannot use it.
  token_hash bytea primary key,
  id text not null unique,
  person_id text not null references people,
  created_at timestamptz not null,
  last_seen_at timestamptz not null,
  expires_at timestamptz not null,
  address text not null,
  agent text not null
);
create index sessions_person on sessions (person_id);
create index sessions_expires_at on sessions (expires_at);

create table sign_in_codes (
  email text primary key,
  code_hash bytea not null,
  expires_at timestamptz not null,
  attempts integer not null default 0
);

create table sign_in_attempts (
  id bigint generated always as identity primary key,
  key text not null,
  at timestamptz not null
);
create index sign_in_attempts_key on sign_in_attempts (key, at);
create index sign_in_attempts_at on sign_in_attempts (at);
