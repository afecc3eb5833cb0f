-- Outbox: every message that leaves, told once (п. 11.6.6, 11.6.13).

create table messages (
  id bigint generated always as identity primary key,
  -- What caused it: the same cause cannot write the same message twice.
  cause text not null unique,
  appeal_id bigint references appeals,
  template text not null,
  recipient text not null,
  language text not null,
  subject text not null,
  body text not null,
  message_id text not null unique,
  status text not null check (status in ('waiting', 'sending', 'sent', 'failed', 'unsure')),
  attempts integer not null default 0,
  outcome text,
  created_at timestamptz not null,
  settled_at timestamptz
);
create index messages_appeal on messages (appeal_id) where appeal_id is not null;
create index messages_unsettled on messages (id) where status in ('waiting', 'sending');
create index messages_troubled on messages (id) where status in ('failed', 'unsure');
