-- Review books: one a place at a time, its entries in order, each with the moment it was written (п. 5.1, 6.1, Appendix 6).

create table review_books (
  id bigint generated always as identity primary key,
  organization_id text not null references organizations,
  unit_id text not null references org_units,
  title text not null,
  opened_on date not null,
  opened_by text not null references people,
  closed_on date,
  closed_by text references people,
  check ((closed_on is null) = (closed_by is null)),
  check (closed_on >= opened_on)
);
create index review_books_organization on review_books (organization_id, id desc);
create index review_books_unit on review_books (unit_id, id desc);
create index review_books_opened_by on review_books (opened_by);
create index review_books_closed_by on review_books (closed_by) where closed_by is not null;

create table book_entries (
  id bigint generated always as identity primary key,
  book_id bigint not null references review_books,
  n integer not null check (n > 0),
  written_at timestamptz not null,
  recorded_at timestamptz not null,
  recorded_by text not null references people,
  kind text not null,
  language text not null,
  applicant_name text,
  applicant_contacts text,
  words text not null,
  sent_at timestamptz,
  sent_by text references people,
  intake_item_id bigint references intake_items,
  measures text,
  reply_number text,
  written_back_at timestamptz,
  written_back_by text references people,
  unique (book_id, n),
  check ((sent_at is null) = (intake_item_id is null)),
  check ((written_back_at is null) = (measures is null))
);
comment on column book_entries.written_at is 'When the consumer wrote it: the thirty minutes run from here (п. 5.1, 6.1)';
comment on column book_entries.sent_at is 'When its scan was first sent; a scan sent again after a return does not move it';
create index book_entries_unsent on book_entries (book_id) where sent_at is null;
create index book_entries_to_write_back on book_entries (book_id, id) where written_back_at is null and sent_at is not null;
create index book_entries_intake_item on book_entries (intake_item_id) where intake_item_id is not null;
create index book_entries_recorded_by on book_entries (recorded_by);
create index book_entries_sent_by on book_entries (sent_by) where sent_by is not null;
create index book_entries_written_back_by on book_entries (written_back_by) where written_back_by is not null;

alter table intake_items add foreign key (book_entry_id) references book_entries;
create index intake_items_of_entry on intake_items (book_entry_id, id desc) where book_entry_id is not null;
