-- Outbox: every message that leaves, told once (п. 11.6.6, 11.6.13).

create table messages (
  id bigint generated always as identity primary key,
  cause text not null unique,
  appeal_id bigint references appeals,
  template text not null,
  recipient text not null,
  language text not null,
  subject text not null,
  body text not null,
  attachments uuid[] not null default '{}',
  message_id text not null unique,
  status text not null check (status in ('waiting', 'sending', 'transmitting', 'sent', 'failed', 'unsure')),
  attempts integer not null default 0,
  outcome text,
  created_at timestamptz not null,
  settled_at timestamptz,
  check ((status in ('sent', 'failed', 'unsure')) = (settled_at is not null))
);
comment on column messages.cause is 'What caused it: the same cause cannot write the same message twice';
comment on column messages.attachments is 'Files that go with it, in order';
comment on column messages.status is
  'waiting → sending (a server is being talked to, the body has not begun) → transmitting (the body has begun) → sent; failed: refused for good; unsure: the body had begun and no answer came';
comment on column messages.attempts is 'Also the mark of who sends: only the latest attempt may begin the body';
comment on column messages.outcome is 'What the mail server last said, or why there is no answer';
create index messages_appeal on messages (appeal_id) where appeal_id is not null;
create index messages_unsettled on messages (id) where settled_at is null;
create index messages_troubled on messages (id) where status in ('failed', 'unsure');
